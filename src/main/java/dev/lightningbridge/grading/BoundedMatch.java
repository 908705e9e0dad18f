package dev.lightningbridge.grading;

import dev.lightningbridge.common.BridgeException;
import java.util.regex.Pattern;

/**
 * Matching that cannot run away: patterns come from files, and backtracking may take ages. The
 * bound is on characters read and not on time, so that a reward never depends on the machine.
 */
public final class BoundedMatch {
  private static final long MOST_READS = 20_000_000;

  private BoundedMatch() {}

  /**
   * Whether the pattern is found in the text.
   *
   * @throws BridgeException where it takes too many steps
   */
  public static boolean find(Pattern pattern, String text) {
    try {
      return pattern.matcher(new CountedText(text, new Reads())).find();
    } catch (TooManyReads | StackOverflowError e) {
      throw new BridgeException(
          GradingError.RUNAWAY_PATTERN,
          "the regular expression needs too many steps on a text of %d characters"
              .formatted(text.length()),
          Excerpt.of(pattern.pattern()),
          "Write it without nested repetitions such as (a+)+ or (a|b)*.",
          e);
    }
  }

  private static final class Reads {
    private long count;

    void more() {
      if (++count > MOST_READS) {
        throw new TooManyReads();
      }
    }
  }

  private static final class TooManyReads extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private record CountedText(CharSequence text, Reads reads) implements CharSequence {
    @Override
    public char charAt(int index) {
      reads.more();
      return text.charAt(index);
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return new CountedText(text.subSequence(start, end), reads);
    }

    @Override
    public String toString() {
      return text.toString();
    }
  }
}
