package dev.lightningbridge.imports;

import dev.lightningbridge.common.BridgeException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** Finds the scale of scores from some of them, and asks rather than guesses. */
final class ScaleFinder {
  private double least = Double.POSITIVE_INFINITY;
  private double most = Double.NEGATIVE_INFINITY;
  private long numbers;
  private long thumbs;

  void see(String text) {
    OptionalDouble number = Scale.number(text);
    if (number.isPresent()) {
      least = Math.min(least, number.getAsDouble());
      most = Math.max(most, number.getAsDouble());
      numbers++;
    } else if (Scale.isThumb(text)) {
      thumbs++;
    }
  }

  /**
   * The only scale that they can be of.
   *
   * @param where the file, for messages
   * @throws BridgeException where they can be of several, or of none
   */
  Scale find(String where) {
    if (numbers == 0) {
      return thumbs == 0 ? Scale.TO_TEN : Scale.THUMBS;
    }
    // 0 to 1 is thumbs as well; both give the same human scores.
    List<Scale> fitting =
        new ArrayList<>(
            Stream.of(Scale.TO_TEN, Scale.TO_FIVE, Scale.TO_ONE, Scale.AROUND_ZERO)
                .filter(s -> s.has(least) && s.has(most))
                .toList());
    if (most > 1) {
      fitting.removeIf(s -> s == Scale.TO_ONE || s == Scale.AROUND_ZERO);
    } else if (least == 0 || (least > 0 && least < 1)) {
      fitting.remove(Scale.AROUND_ZERO);
    }
    if (fitting.size() == 1) {
      return fitting.get(0);
    }
    String seen = "the scores lie between %s and %s".formatted(shown(least), shown(most));
    throw new BridgeException(
        ImportError.SCALE_UNCLEAR,
        fitting.isEmpty()
            ? seen + ", which fits no scale"
            : "%s, which fits the scales %s".formatted(seen, Scale.words(fitting)),
        where,
        "Say which one it is by --scale, such as --scale %s."
            .formatted(
                (fitting.isEmpty() ? Scale.TO_TEN : fitting.get(fitting.size() - 1)).word()));
  }

  private static String shown(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }
}
