package dev.lightningbridge.optimize.apo;

import java.util.regex.Pattern;

/**
 * A piece of a prompt that stands or goes as a whole.
 *
 * @param gap the white space before it
 * @param text without white space around it
 * @param kind what it is
 */
record PromptPart(String gap, String text, Kind kind) {
  enum Kind {
    /** A heading, or a line that introduces what follows: goes with nothing, stays with all. */
    HEADING,
    /** Lines in a row. */
    PARAGRAPH,
    /** An item of a list, with its indented lines. */
    ITEM,
    /** A fenced block, a block of JSON or of XML. */
    BLOCK,
    /** An example's input and its answer. */
    PAIR
  }

  /** A line with a label and a text, and below it an answer: with a label of its own, or a word. */
  private static final Pattern EXAMPLE =
      Pattern.compile(
          "^\\p{L}[\\p{L} ]{0,20}: \\S.*\\R(?:\\p{L}[\\p{L} ]{0,20}: \\S.*|[^\\s:]+)$",
          Pattern.MULTILINE);

  /** Whether it shows an input with its answer, one or several. */
  boolean isExample() {
    return kind == Kind.PAIR || EXAMPLE.matcher(text).find();
  }

  /** Whether it may stand where the other does: among examples, or among rules of one kind. */
  boolean isLike(PromptPart other) {
    return isExample() == other.isExample() && (isExample() || kind == other.kind);
  }

  /** The same behind a blank line. */
  PromptPart inItsOwnBlock() {
    return new PromptPart("\n\n", text, kind);
  }

  /** Whether a move may take it out. */
  boolean mayGo() {
    return kind != Kind.HEADING;
  }
}
