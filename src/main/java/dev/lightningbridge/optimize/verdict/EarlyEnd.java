package dev.lightningbridge.optimize.verdict;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.statistics.descriptive.Mean;
import org.jspecify.annotations.Nullable;

/**
 * Where a sealed test may end before its last task: as soon as the {@link SequentialBounds} is
 * passed and the gain so far is at least the least effect. That nothing can be shown any more does
 * not end it: what a prompt that is held did is of use to whoever goes on with it.
 */
final class EarlyEnd {
  private final int planned;
  private final double leastEffect;
  private final @Nullable SequentialBounds test;
  private final List<Double> differences = new ArrayList<>();
  private int tasks;
  private boolean reached;

  private EarlyEnd(int planned, double leastEffect, @Nullable SequentialBounds test) {
    this.planned = planned;
    this.leastEffect = leastEffect;
    this.test = test;
  }

  /** Of a test of so many tasks. */
  static EarlyEnd of(int planned, TestCriterion needed) {
    return new EarlyEnd(
        planned, needed.leastEffect(), new SequentialBounds(planned, needed.level()));
  }

  /** Of a test that is carried out to its end. */
  static EarlyEnd none() {
    return new EarlyEnd(0, 0, null);
  }

  /** After each task, by their order: where the test ends does not depend on who is faster. */
  void look(PairedRollout pair) {
    if (test == null) {
      return;
    }
    tasks++;
    pair.difference().ifPresent(differences::add);
    test.add(pair.difference().orElse(Double.NaN));
    reached = tasks < planned && test.passed() && gain() >= leastEffect;
  }

  private double gain() {
    return Mean.of(differences.stream().mapToDouble(Double::doubleValue).toArray()).getAsDouble();
  }

  /** Whether the test is decided, with tasks to spare. */
  boolean isReached() {
    return reached;
  }

  /** What a verdict says of a test that was looked at so often, its end as a sentence. */
  static String words(int tasks, int planned) {
    return tasks < planned
        ? ("Decided after %d of the %d sealed test tasks; the other %d were not needed. p and"
                + " interval allow for a look after each task.")
            .formatted(tasks, planned, planned - tasks)
        : "p and interval allow for a look after each task: the test could have ended at any.";
  }

  /** The tasks that were looked at. */
  int tasks() {
    return tasks;
  }
}
