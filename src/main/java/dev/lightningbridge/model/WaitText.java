package dev.lightningbridge.model;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Waits as endpoints write them, in milliseconds: {@code 6m0s}, {@code 21ms}, "2 seconds". */
final class WaitText {
  private static final int LONGEST_TEXT = 20_000;
  private static final String NUMBER = "(\\d{1,12}(?:\\.\\d{1,12})?)";
  private static final Pattern PART =
      Pattern.compile(
          "\\G[\\s,]*(?:and\\s+)?"
              + NUMBER
              + "\\s*(milliseconds?|msecs?|ms|seconds?|secs?|s|minutes?|mins?|m|hours?|hrs?|h"
              + "|days?|d)(?![a-z])");
  private static final Pattern ASKED =
      Pattern.compile(
          "\\b(?:(?:try|retry)(?:ing)?(?:\\s+again)?|available|wait)\\s+(?:(?:in|after|for)\\s+)?");
  private static final Pattern BARE =
      Pattern.compile("\\G" + NUMBER + "(?!\\w|[.:-]\\w|\\s*[a-z%])");
  private static final Pattern ALONE = Pattern.compile("[-+]?[\\d.]+(e[-+]?\\d+)?");

  private WaitText() {}

  /** A duration that is the whole text; a number alone is so many {@code unitMs}. */
  static @Nullable Double duration(String text, double unitMs) {
    String lower = text.strip().toLowerCase(Locale.ROOT);
    if (ALONE.matcher(lower).matches()) {
      try {
        return Double.parseDouble(lower) * unitMs;
      } catch (NumberFormatException e) {
        return null;
      }
    }
    Parts whole = Parts.at(lower, 0);
    return whole.end == lower.length() && whole.end > 0 ? (Double) whole.ms : null;
  }

  /** The longest wait that the words ask for: "try again in 1m30s", "retry after 2 seconds". */
  static @Nullable Double asked(String words) {
    String lower =
        words.substring(0, Math.min(words.length(), LONGEST_TEXT)).toLowerCase(Locale.ROOT);
    Matcher asked = ASKED.matcher(lower);
    Double longest = null;
    while (asked.find()) {
      Double ms = at(lower, asked.end());
      if (ms != null && (longest == null || ms > longest)) {
        longest = ms;
      }
    }
    return longest;
  }

  private static @Nullable Double at(String lower, int start) {
    Parts parts = Parts.at(lower, start);
    if (parts.end > start) {
      return parts.ms;
    }
    Matcher bare = BARE.matcher(lower).region(start, lower.length());
    return bare.find() ? (Double) (Double.parseDouble(bare.group(1)) * 1000) : null;
  }

  /** Numbers with units one behind the other, and where they end. */
  private record Parts(double ms, int end) {
    static Parts at(String lower, int start) {
      Matcher next = PART.matcher(lower).region(start, lower.length());
      Parts parts = new Parts(0, start);
      while (next.find()) {
        double more = Double.parseDouble(next.group(1)) * unitMs(next.group(2));
        parts = new Parts(parts.ms + more, next.end());
      }
      return parts;
    }
  }

  private static double unitMs(String unit) {
    if (unit.startsWith("ms") || unit.startsWith("milli")) {
      return 1;
    }
    return switch (unit.charAt(0)) {
      case 's' -> 1_000;
      case 'm' -> 60_000;
      case 'h' -> 3_600_000;
      default -> 86_400_000;
    };
  }
}
