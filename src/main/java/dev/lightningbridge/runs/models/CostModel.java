package dev.lightningbridge.runs.models;

/**
 * What calls take that nobody has made yet: the one set of assumptions behind estimates, reserves,
 * nights and remarks. All of it is in tokens but where it says otherwise.
 */
public final class CostModel {
  /** Prompts grow while they are improved: so much by what is likely. */
  static final double GROWTH = 1.5;

  /** So much at the most, by which a budget is kept back. */
  public static final double MOST_GROWTH = 2;

  /** What a critic reads beside the rollouts, and writes. */
  static final int CRITIQUE = 400;

  /** What a judge reads, whose instructions are not known yet. */
  public static final int JUDGED = 900;

  /** What a judge writes. */
  public static final int VERDICT = 120;

  /** An output that is judged and the judge's answer, at the most. */
  public static final int MOST_JUDGED_OUTPUT = 500;

  /** One call in ten is to spare. */
  public static final double SPARE = 1.1;

  private static final int CHARACTERS_A_TOKEN = 4;

  private CostModel() {}

  /** About so many tokens has a text of so many characters; at least one. */
  public static int tokens(int characters) {
    return characters / CHARACTERS_A_TOKEN + 1;
  }

  /** About so many tokens have texts of so many characters on the average. */
  public static double tokens(double characters) {
    return characters / CHARACTERS_A_TOKEN;
  }

  /** Calls of a sealed test: both prompts on each task, and a judge of each output. */
  public static long sealedCalls(long tasks, boolean judged) {
    return 2 * tasks * (judged ? 2 : 1);
  }

  /** So many calls with what is to spare, rounded up. */
  public static long withSpare(long calls) {
    return Math.round(Math.ceil(calls * SPARE));
  }
}
