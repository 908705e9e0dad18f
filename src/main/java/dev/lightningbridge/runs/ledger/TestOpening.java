package dev.lightningbridge.runs.ledger;

import dev.lightningbridge.common.Figures;
import dev.lightningbridge.optimize.verdict.LevelSpending;
import dev.lightningbridge.optimize.verdict.SignFlips;

/**
 * A run's opening of sealed test tasks.
 *
 * @param number 1 for the first one of the lineage
 * @param earlier what the ones before count for, by the tasks that they share with this one; see
 *     {@link LevelSpending}
 * @param level one-sided, that this test has to pass
 */
public record TestOpening(int number, double earlier, double level) {
  static TestOpening after(int before, double earlier) {
    return new TestOpening(before + 1, earlier, LevelSpending.level(earlier));
  }

  /** Whether any result on so many tasks could pass. */
  boolean isWorthIt(int tasks) {
    return tasks >= SignFlips.fewestTasks(level);
  }

  /** As {@link #words}, of a run that has not begun. */
  public String wouldBe(int tasks) {
    return isWorthIt(tasks)
        ? words()
        : words() + " No result on so few tasks could pass that, so nothing would be searched for.";
  }

  /** Which test it is and what it has to pass, as a sentence. */
  public String words() {
    if (earlier == 0) {
      return "These sealed tasks are tested on for the first time: p must be %s or less."
          .formatted(Figures.level(level));
    }
    return ("This is test %d of the lineage; those before it count for %s, by the sealed tasks that"
            + " they share with it. So p must be %s or less; fresh tasks raise that again.")
        .formatted(number, Figures.about(earlier), Figures.level(level));
  }
}
