package dev.lightningbridge.grading;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Numbers as they stand in outputs: digits with a point and a power of ten. A comma is none of it,
 * since it parts thousands for some and decimals for others.
 */
final class PlainNumber {
  /** Without a bound on its digits a number of a megabyte would be worked out. */
  private static final String NUMBER =
      "[+-]?(?:\\d{1,400}(?:\\.\\d{0,400})?|\\.\\d{1,400})(?:[eE][+-]?\\d{1,9})?";

  private static final Pattern WHOLE = Pattern.compile(NUMBER);

  private static final Pattern WITHIN =
      Pattern.compile("(?<![\\p{L}\\d.,])" + NUMBER + "(?![\\p{L}\\d]|[.,]\\d)");

  private PlainNumber() {}

  /** The number that the text is. */
  static Optional<BigDecimal> of(String text) {
    return WHOLE.matcher(text).matches() ? read(text) : Optional.empty();
  }

  /** The numbers that stand in the text, none of them a part of a word or of a longer number. */
  static Stream<BigDecimal> in(String text) {
    return WITHIN
        .matcher(text)
        .results()
        .map(MatchResult::group)
        .map(PlainNumber::read)
        .flatMap(Optional::stream);
  }

  private static Optional<BigDecimal> read(String text) {
    try {
      return Optional.of(new BigDecimal(text));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
