package dev.lightningbridge.grading;

import java.util.Arrays;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Puts texts between lines of backticks that are longer than any run of backticks in them, so that
 * nothing in a text can end its section.
 */
final class Fence {
  private static final Pattern RUN = Pattern.compile("`+");

  private final String line;

  private Fence(String line) {
    this.line = line;
  }

  static Fence longerThanAnyIn(String... texts) {
    int longest =
        Arrays.stream(texts)
            .flatMap(text -> RUN.matcher(text).results())
            .map(MatchResult::group)
            .mapToInt(String::length)
            .max()
            .orElse(0);
    return new Fence("`".repeat(Math.max(3, longest + 1)));
  }

  String around(String text) {
    return line + "\n" + text + "\n" + line;
  }
}
