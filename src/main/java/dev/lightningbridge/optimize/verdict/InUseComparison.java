package dev.lightningbridge.optimize.verdict;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Compares a candidate with the prompt that is in use, by scores of calls that were given the one
 * or the other by chance.
 *
 * <p>A score of the one side is paired with the last one of the other that has no partner yet, so
 * that both are of about the same time. If both prompts are equally good, the difference of a pair
 * is as likely with the other sign. So the sealed test's own test holds here too: it is looked at
 * after each pair, once for each direction, each at half of {@link #LEVEL} ({@link
 * SequentialBounds}).
 */
public final class InUseComparison {
  /** After so many pairs it ends, whatever they show. */
  public static final int PAIRS = 100;

  /** How often a prompt as good as the other is called worse or better at most, 0 to 1. */
  public static final double LEVEL = 0.05;

  /** Scores of 1 to 10 are ninths of a reward. */
  private static final int NINTHS = 9;

  private final SequentialBounds worse = bounds();
  private final SequentialBounds better = bounds();
  private final Deque<Double> candidates = new ArrayDeque<>();
  private final Deque<Double> others = new ArrayDeque<>();
  private int pairs;
  private double sum;

  private InUseComparison() {}

  private static SequentialBounds bounds() {
    return new SequentialBounds(
        PAIRS, LEVEL / 2, new SignFlipWalk(PAIRS, NINTHS), SequentialBounds.SPENDING);
  }

  /** What the pairs show. */
  public enum State {
    /** Nothing so far. */
    OPEN,
    WORSE,
    BETTER,
    /** Nothing, after all pairs. */
    UNDECIDED
  }

  /**
   * A scored call.
   *
   * @param candidate whether it was given the candidate
   * @param reward 0 to 1, in ninths
   */
  public record Scored(boolean candidate, double reward) {}

  /**
   * Where it stands.
   *
   * @param pairs that were looked at: up to the one that decided
   * @param difference the candidate's mean reward over them minus the other's, −1 to 1; 0 without
   *     any
   */
  public record Standing(State state, int pairs, double difference) {}

  /** The standing after these scores, in the order in which they were given. */
  public static Standing of(List<Scored> scores) {
    InUseComparison comparison = new InUseComparison();
    for (Scored score : scores) {
      if (comparison.state() != State.OPEN) {
        break;
      }
      comparison.add(score);
    }
    return new Standing(
        comparison.state(),
        comparison.pairs,
        comparison.pairs == 0 ? 0 : comparison.sum / comparison.pairs);
  }

  private void add(Scored score) {
    Deque<Double> own = score.candidate() ? candidates : others;
    Double partner = (score.candidate() ? others : candidates).poll();
    if (partner == null) {
      own.push(score.reward());
      return;
    }
    double difference = score.candidate() ? score.reward() - partner : partner - score.reward();
    pairs++;
    sum += difference;
    better.add(difference);
    worse.add(-difference);
  }

  private State state() {
    return worse.passed()
        ? State.WORSE
        : better.passed() ? State.BETTER : pairs == PAIRS ? State.UNDECIDED : State.OPEN;
  }
}
