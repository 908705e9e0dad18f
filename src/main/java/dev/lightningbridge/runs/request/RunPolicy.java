package dev.lightningbridge.runs.request;

import dev.lightningbridge.dataset.Task;
import java.util.List;

/**
 * What follows from the sealed test.
 *
 * @param autoPromote promotes where the verdict is PROMOTE
 * @param acceptJudge lets a judge decide that does not agree with people's scores
 * @param noRegression holds where a group of tasks got significantly worse
 * @param leastEffect holds where the mean reward gains less, 0 to 1
 * @param earlyStop ends the test as soon as it is decided
 */
public record RunPolicy(
    boolean autoPromote,
    boolean acceptJudge,
    boolean noRegression,
    double leastEffect,
    boolean earlyStop) {
  public static final double LEAST_EFFECT = 0.02;

  /** A proposal waits for a person's decision. */
  public static final RunPolicy DEFAULT = new RunPolicy(false, false, false, LEAST_EFFECT, true);

  /** The same; a proposal waits for a person. */
  RunPolicy waiting() {
    return new RunPolicy(false, acceptJudge, noRegression, leastEffect, earlyStop);
  }

  /**
   * Whether the sealed test may end early; not where losses in groups are looked for, which may
   * show up to the last task.
   */
  public boolean endsEarly(List<Task> sealed) {
    return earlyStop && !noRegression && sealed.stream().allMatch(task -> task.tag() == null);
  }
}
