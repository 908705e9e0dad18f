package dev.lightningbridge.model.sandbox;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A sentence or line of a prompt, a critique or a comment, as instructions are looked for in it.
 *
 * @param lower its text in lower case
 * @param hedged whether it asks half-heartedly
 * @param negated whether it forbids something
 */
record Sentence(String lower, boolean hedged, boolean negated) {
  private static final Pattern BREAK = Pattern.compile("\\n+|(?<=[.!?])\\s+(?=[A-Z\\-\"*])");
  private static final Pattern HEDGE =
      Pattern.compile("\\b(try to|if possible|ideally|preferably|when convenient)\\b");
  private static final Pattern NEGATION =
      Pattern.compile("\\b(do not|don't|never|avoid|without|no need)\\b");

  static List<Sentence> of(String text) {
    return BREAK
        .splitAsStream(text)
        .map(s -> s.strip().toLowerCase(Locale.ROOT))
        .filter(s -> !s.isEmpty())
        .map(s -> new Sentence(s, HEDGE.matcher(s).find(), NEGATION.matcher(s).find()))
        .toList();
  }

  boolean hasAll(List<Pattern> patterns) {
    return patterns.stream().allMatch(p -> p.matcher(lower).find());
  }
}
