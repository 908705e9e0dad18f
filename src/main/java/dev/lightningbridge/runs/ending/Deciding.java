package dev.lightningbridge.runs.ending;

import dev.lightningbridge.common.Figures;
import dev.lightningbridge.dataset.split.SplitPlan;
import dev.lightningbridge.model.Spend;
import dev.lightningbridge.optimize.verdict.Power;
import dev.lightningbridge.optimize.verdict.TestResult;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;

/**
 * What would decide where a test left open whether the winner is better: more sealed tasks, on
 * which the gain that it showed would pass the next test in four of five runs.
 *
 * @param gain in mean reward, 0 to 1
 * @param level one-sided, of the next test with so many tasks
 * @param moreInputs distinct inputs, of which the usual share is sealed
 * @param calls of a run like this one with so many sealed tasks; tokens and US dollars likewise
 */
public record Deciding(
    double gain,
    double level,
    int sealedTasks,
    int moreSealedTasks,
    int moreInputs,
    long calls,
    long tokens,
    double usd) {

  /**
   * Works it out; empty where even 10,000 sealed tasks would not do.
   *
   * @param level of the next test, by its number of sealed tasks, as far as they are fresh
   * @param run what this run cost; {@code task} what one more sealed task would
   */
  static Optional<Deciding> of(TestResult test, IntToDoubleFunction level, Spend run, Spend task) {
    var needed = Power.tasksNeeded(test.difference(), test.sd(), level);
    if (needed.isEmpty()) {
      return Optional.empty();
    }
    int sealed = Math.max(needed.getAsInt(), test.n() + 1);
    int more = sealed - test.n();
    Spend cost = run.plus(task.times(more));
    return Optional.of(
        new Deciding(
            test.difference(),
            level.applyAsDouble(sealed),
            sealed,
            more,
            (int) Math.ceil(more / SplitPlan.DEFAULT.testShare()),
            cost.calls(),
            cost.tokens(),
            cost.usd()));
  }

  /** As a sentence or two. */
  String words() {
    return ("To show a gain of %s in four of five runs takes about %s sealed tasks, %s more than"
            + " now: about %s more inputs. Such a run takes about %s.")
        .formatted(
            Figures.signed(gain).substring(1),
            Figures.count(sealedTasks),
            Figures.count(moreSealedTasks),
            Figures.count(moreInputs),
            Figures.spent(calls, tokens, usd));
  }
}
