package dev.lightningbridge.optimize;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** The figures of a test, as people read them. */
public final class Figures {
  private static final double SMALL = 0.001;
  private static final double LEAST = 1e-6;

  private Figures() {}

  static String reward(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }

  /** A difference; one that is not 0 never looks as if it were. */
  public static String signed(double value) {
    double size = Math.abs(value);
    if (size < 0.5 * LEAST) {
      return "±0.00";
    }
    String text =
        size < 0.005
            ? BigDecimal.valueOf(size).round(new MathContext(1)).toPlainString()
            : String.format(Locale.ROOT, "%.2f", size);
    return (value < 0 ? "−" : "+") + text;
  }

  /** A p-value with its sign of comparison, as exactly as its level demands. */
  public static String p(double value, double level) {
    if (value >= SMALL) {
      return String.format(Locale.ROOT, "= %.3f", value);
    }
    if (level >= SMALL) {
      return "< 0.001";
    }
    return value < LEAST ? "< 0.000001" : "= " + digits(value, 2, RoundingMode.HALF_UP);
  }

  /** A level; what rounding takes from it makes it stricter. */
  public static String level(double value) {
    return digits(value, 3, RoundingMode.FLOOR);
  }

  /** A confidence in per cent. */
  public static String percent(double confidence) {
    BigDecimal beyond = BigDecimal.valueOf(100 * (1 - confidence));
    BigDecimal rounded =
        beyond.doubleValue() < 0.1
            ? beyond.round(new MathContext(1))
            : beyond.setScale(2, RoundingMode.HALF_UP);
    return BigDecimal.valueOf(100).subtract(rounded).stripTrailingZeros().toPlainString();
  }

  /** A count that need not be whole. */
  public static String count(double value) {
    return digits(value, 2, RoundingMode.HALF_UP);
  }

  private static String digits(double value, int digits, RoundingMode mode) {
    return BigDecimal.valueOf(value)
        .round(new MathContext(digits, mode))
        .stripTrailingZeros()
        .toPlainString();
  }
}
