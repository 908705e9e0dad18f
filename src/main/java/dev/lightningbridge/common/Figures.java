package dev.lightningbridge.common;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** How people read numbers: the same in verdicts, reports, pages, messages and command line. */
public final class Figures {
  private static final double SMALL = 0.001;
  private static final double LEAST = 1e-6;
  private static final double LEAST_USD = 1e-4;

  private Figures() {}

  /** A reward, a score, a kappa: two decimals. */
  public static String decimal(double value) {
    String text = String.format(Locale.ROOT, "%.2f", value);
    return text.equals("-0.00") ? "0.00" : text.replace('-', '−');
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
            : decimal(size);
    return (value < 0 ? "−" : "+") + text;
  }

  /** A difference of scores, in points, with one decimal. */
  public static String points(double value) {
    return String.format(Locale.ROOT, "%+.1f", value).replace('-', '−');
  }

  /** A p-value with its sign of comparison. */
  public static String p(double value) {
    return p(value, SMALL);
  }

  /** The same, as exactly as its level demands: one that is above it never looks like one below. */
  public static String p(double value, double level) {
    if (value >= SMALL) {
      String rounded = String.format(Locale.ROOT, "%.3f", value);
      boolean belies = value > level && Double.parseDouble(rounded) <= level;
      return "= " + (belies ? digits(value, 3, RoundingMode.CEILING) : rounded);
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

  /** A share in whole per cent, with the sign. */
  public static String share(double share) {
    return String.format(Locale.ROOT, "%.0f %%", 100 * share);
  }

  /** A count, with a comma at thousands. */
  public static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** So many of something that takes an s: "1 call", "1,200 calls". */
  public static String counted(long count, String thing) {
    return count(count) + " " + thing + (count == 1 ? "" : "s");
  }

  /** What calls took: "1 call, 30 tokens, 0.0120 USD"; without dollars where none are known. */
  public static String spent(long calls, long tokens, double usd) {
    String work = counted(calls, "call") + ", " + counted(tokens, "token");
    return usd == 0 ? work : work + ", " + usd(usd) + " USD";
  }

  /** A count that need not be whole. */
  public static String about(double value) {
    return digits(value, 2, RoundingMode.HALF_UP);
  }

  /**
   * US dollars without their name: whole cents from a dollar on, and four decimals below it. What
   * is not 0 never looks as if it were.
   */
  public static String usd(double value) {
    if (value > 0 && value < 0.5 * LEAST_USD) {
      return "< 0.0001";
    }
    return String.format(Locale.ROOT, value != 0 && Math.abs(value) < 1 ? "%.4f" : "%,.2f", value);
  }

  /** A time that something took, to the second. */
  public static String took(Instant from, Instant to) {
    Duration time = Duration.between(from, to).truncatedTo(ChronoUnit.SECONDS);
    long minutes = time.toMinutes();
    return minutes == 0
        ? time.toSeconds() + " s"
        : minutes < 60
            ? "%d min %d s".formatted(minutes, time.toSecondsPart())
            : "%d h %d min".formatted(time.toHours(), time.toMinutesPart());
  }

  /** How long something will yet take: as exactly as anybody can know it. */
  public static String left(Duration time) {
    long seconds = Math.max(1, time.toSeconds());
    if (seconds < 90) {
      return (seconds <= 10 ? seconds : (seconds + 4) / 5 * 5) + " s";
    }
    long minutes = Math.round(seconds / 60.0);
    return minutes < 90 ? minutes + " min" : "%d h %d min".formatted(minutes / 60, minutes % 60);
  }

  private static String digits(double value, int digits, RoundingMode mode) {
    return BigDecimal.valueOf(value)
        .round(new MathContext(digits, mode))
        .stripTrailingZeros()
        .toPlainString();
  }
}
