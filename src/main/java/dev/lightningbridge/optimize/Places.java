package dev.lightningbridge.optimize;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The places and tags of a prompt that a program fills in or looks for: {{name}}, {name}, <tag>.
 */
public final class Places {
  private static final Pattern PLACE =
      Pattern.compile(
          "\\{\\{[^{}\\n"
              + "]{1,80}}}|\\$?\\{\\p{L}[\\p{L}\\d_.-]{0,60}}|\\{%[^{}\\n"
              + "]{1,80}%}|</?\\p{L}[\\p{L}\\d_.:-]{0,60}(?:\\s[^<>\\n"
              + "]{0,200})?/?>|%\\(\\p{L}\\w{0,60}\\)[sd]");

  private static final Pattern WORD = Pattern.compile("\\S+");
  private static final int SHOWN = 10;
  private static final int WORDS_OF_A_LABEL = 3;

  private Places() {}

  /** A sentence on those that the winner lacks; empty where it has them all. */
  public static Optional<String> lost(String start, String winner) {
    Set<String> lost = in(start);
    lost.removeAll(in(winner));
    if (lost.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        "The new prompt lacks %d place%s or tag%s of the current one: %s%s."
            .formatted(
                lost.size(),
                lost.size() == 1 ? "" : "s",
                lost.size() == 1 ? "" : "s",
                lost.stream().limit(SHOWN).collect(Collectors.joining(", ")),
                lost.size() > SHOWN ? ", …" : ""));
  }

  /** Whether the line holds few words beside its places, such as a label before one. */
  static boolean isLittleBesides(String line) {
    String rest = PLACE.matcher(line).replaceAll(" ");
    return !line.contains("</") && WORD.matcher(rest).results().count() <= WORDS_OF_A_LABEL;
  }

  static Set<String> in(String prompt) {
    return PLACE
        .matcher(prompt)
        .results()
        .map(MatchResult::group)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }
}
