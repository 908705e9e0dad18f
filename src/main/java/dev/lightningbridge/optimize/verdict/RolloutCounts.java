package dev.lightningbridge.optimize.verdict;

import dev.lightningbridge.dataset.Failure;
import dev.lightningbridge.dataset.Rollout;
import dev.lightningbridge.grading.GradingException;
import dev.lightningbridge.optimize.RunEvent;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * How many rollouts had no whole answer, or none that was graded, and why.
 *
 * @param rollouts all of them
 * @param refused that the model or a filter declined, by the API's own code: reward 0
 * @param tooLong whose prompt and input are too long for the model: reward 0
 * @param cutOff whose answer the limit of tokens ended: graded as far as it goes, left out where
 *     nothing was said before
 * @param empty whose answer has no text
 * @param failed whose call failed in another way
 * @param ungraded whose output has no score, since judge or grader failed
 * @param leftOut those of all these that have no reward
 */
public record RolloutCounts(
    int rollouts,
    int refused,
    int tooLong,
    int cutOff,
    int empty,
    int failed,
    int ungraded,
    int leftOut) {
  public static final RolloutCounts NONE = new RolloutCounts(0, 0, 0, 0, 0, 0, 0, 0);

  /** Of these rollouts. */
  public static RolloutCounts of(List<Rollout> rollouts) {
    RolloutCounts counts = NONE;
    for (Rollout rollout : rollouts) {
      counts = counts.plus(RunEvent.RolloutFinished.of(null, rollout));
    }
    return counts;
  }

  /** These and one more. */
  public RolloutCounts plus(RunEvent.RolloutFinished rollout) {
    return plus(one(rollout.failure(), rollout.cutOff(), rollout.reward() == null));
  }

  /** Both together. */
  public RolloutCounts plus(RolloutCounts other) {
    return new RolloutCounts(
        rollouts + other.rollouts,
        refused + other.refused,
        tooLong + other.tooLong,
        cutOff + other.cutOff,
        empty + other.empty,
        failed + other.failed,
        ungraded + other.ungraded,
        leftOut + other.leftOut);
  }

  private static RolloutCounts one(@Nullable Failure failure, boolean cutOff, boolean leftOut) {
    int out = leftOut ? 1 : 0;
    if (failure == null) {
      return new RolloutCounts(1, 0, 0, cutOff ? 1 : 0, 0, 0, 0, out);
    }
    if (Set.of("judge", GradingException.ROLE).contains(failure.role())) {
      return new RolloutCounts(1, 0, 0, 0, 0, 0, 1, out);
    }
    return switch (failure.kind()) {
      case "REFUSED" -> new RolloutCounts(1, 1, 0, 0, 0, 0, 0, out);
      case "CONTEXT_TOO_LONG" -> new RolloutCounts(1, 0, 1, 0, 0, 0, 0, out);
      case "CUT_OFF", "LIMIT_RAISED" -> new RolloutCounts(1, 0, 0, 1, 0, 0, 0, out);
      case "EMPTY_ANSWER", "SAID_NOTHING" -> new RolloutCounts(1, 0, 0, 0, 1, 0, 0, out);
      default -> new RolloutCounts(1, 0, 0, 0, 0, 1, 0, out);
    };
  }

  /** Whether each was answered whole, and graded. */
  public boolean plain() {
    return refused + tooLong + cutOff + empty + failed + ungraded + leftOut == 0;
  }

  /** Such as "2 refused, 1 cut off; 1 left out"; empty where there is nothing to say. */
  public String words() {
    StringJoiner words = new StringJoiner(", ");
    add(words, refused, "refused");
    add(words, tooLong, "too long for the model");
    add(words, cutOff, "cut off");
    add(words, empty, "empty");
    add(words, failed, "failed");
    add(words, ungraded, "not graded");
    return words + (leftOut == 0 ? "" : "; %d left out".formatted(leftOut));
  }

  private static void add(StringJoiner words, int count, String what) {
    if (count > 0) {
      words.add(count + " " + what);
    }
  }
}
