package dev.lightningbridge.findings;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Something in a winner that a person must see before it is promoted.
 *
 * @param id the same for the same text of the same kind
 * @param text the words that are meant, verbatim
 * @param why what is wrong, in a sentence
 * @param source the row of the database that it came from; null where none was found
 * @param said what the row says there, up to some 200 characters; null where there is no row, and
 *     in findings of earlier releases
 */
public record Finding(
    String id,
    Kind kind,
    String text,
    String why,
    Place where,
    @Nullable Source source,
    @Nullable String said) {

  /** What is suspicious about it. */
  public enum Kind {
    /** An address, a host, an e-mail address or a handle. */
    ADDRESS,
    /** A telephone number. */
    PHONE,
    /** Something shaped like a secret, or words about passwords, keys, cards and accounts. */
    CREDENTIAL,
    /** A command, a markup element or words about tools. */
    TOOL,
    /** Characters that nobody sees. */
    HIDDEN,
    /** Letters of another script, or a word of several. */
    SCRIPT,
    /** A sentence in another language than the prompt's. */
    LANGUAGE,
    /** An instruction to leak, ignore, send, add fixed text and the like. */
    INSTRUCTION,
    /** Text that is aimed at whoever scores. */
    JUDGE,
    /** Words that stand in an input, an output or a comment. */
    QUOTE,
    /** Text that says something else when it is decoded. */
    ENCODED,
    /** A phrase about scores that only the winner's outputs have. */
    OUTPUTS;

    /** As in bridge.db and in JSON. */
    @JsonValue
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Where it stands.
   *
   * @param in what the characters are counted in
   * @param start the first character, from 0, in UTF-16 units; {@code end} the first one behind it
   */
  public record Place(In in, int start, int end) {
    /** What a finding can stand in. */
    public enum In {
      /** The winner's prompt. */
      PROMPT,
      /** An output of the winner's in the sealed test; the source says which. */
      OUTPUT;

      /** As in JSON. */
      @JsonValue
      public String text() {
        return name().toLowerCase(Locale.ROOT);
      }
    }
  }
}
