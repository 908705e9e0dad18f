package dev.lightningbridge.imports;

import dev.lightningbridge.common.BridgeException;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;

/** A scale on which outputs were scored; its ends are a human score of 1 and of 10. */
public enum Scale {
  TO_TEN("1..10", 1, 10),
  TO_FIVE("1..5", 1, 5),
  TO_ONE("0..1", 0, 1),
  AROUND_ZERO("-1..1", -1, 1),
  THUMBS("thumbs", 0, 1);

  /** The names of the scales. */
  public static final String PATTERN = "^(1\\.\\.10|1\\.\\.5|0\\.\\.1|-1\\.\\.1|thumbs)$";

  private static final Set<String> UP =
      Set.of(
          "up",
          "👍",
          "thumbs_up",
          "thumbsup",
          "true",
          "yes",
          "good",
          "like",
          "positive",
          "+1",
          "pass");

  private static final Set<String> DOWN =
      Set.of(
          "down",
          "👎",
          "thumbs_down",
          "thumbsdown",
          "false",
          "no",
          "bad",
          "dislike",
          "negative",
          "-1",
          "fail");

  private static final Set<String> NONE =
      Set.of("", "null", "none", "nan", "n/a", "na", "-", "\\n", "undefined");

  private final String word;
  private final double least;
  private final double most;

  Scale(String word, double least, double most) {
    this.word = word;
    this.least = least;
    this.most = most;
  }

  /** As it is called in {@code --scale}. */
  public String word() {
    return word;
  }

  /**
   * The scale of that name.
   *
   * @throws BridgeException where there is none
   */
  public static Scale of(String word) {
    return Stream.of(values())
        .filter(s -> s.word.equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new BridgeException(
                    ImportError.OPTION_UNKNOWN,
                    "there is no scale \"%s\"".formatted(word),
                    "--scale",
                    "Scales are: " + words(List.of(values())) + "."));
  }

  static String words(List<Scale> scales) {
    return String.join(", ", scales.stream().map(Scale::word).toList());
  }

  /** Whether a text says that there is no score. */
  static boolean isNone(String text) {
    return NONE.contains(text.strip().toLowerCase(Locale.ROOT));
  }

  /** A number as people write it, also with a decimal comma or in per cent. */
  static OptionalDouble number(String text) {
    String plain = text.strip().replace('−', '-');
    boolean percent = plain.endsWith("%");
    plain = percent ? plain.substring(0, plain.length() - 1).strip() : plain;
    plain = plain.indexOf('.') < 0 ? plain.replace(',', '.') : plain;
    try {
      double value = Double.parseDouble(plain);
      return Double.isFinite(value)
          ? OptionalDouble.of(percent ? value / 100 : value)
          : OptionalDouble.empty();
    } catch (NumberFormatException e) {
      return OptionalDouble.empty();
    }
  }

  /** Whether a text is a thumb, in one of the words for it. */
  static boolean isThumb(String text) {
    String plain = text.strip().toLowerCase(Locale.ROOT);
    return UP.contains(plain) || DOWN.contains(plain);
  }

  /** Whether the value is on the scale. */
  boolean has(double value) {
    return value >= least && value <= most;
  }

  /** The human score of 1 to 10 that the text means; empty where it is none of the scale. */
  OptionalDouble score(String text) {
    String plain = text.strip().toLowerCase(Locale.ROOT);
    OptionalDouble value =
        this == THUMBS && UP.contains(plain)
            ? OptionalDouble.of(most)
            : this == THUMBS && DOWN.contains(plain) ? OptionalDouble.of(least) : number(text);
    return value.isPresent() && has(value.getAsDouble())
        ? OptionalDouble.of(1 + 9 * (value.getAsDouble() - least) / (most - least))
        : OptionalDouble.empty();
  }
}
