package dev.lightningbridge.optimize.verdict;

/**
 * What a winner must show on the sealed test tasks.
 *
 * @param level one-sided, of the test: the share of equal prompts that may pass it by chance
 * @param leastEffect the least gain in mean reward that is worth a change, 0 to 1
 */
public record TestCriterion(double level, double leastEffect) {
  /** Of tasks that were never opened before and never will be again. */
  public static final TestCriterion ONCE = new TestCriterion(Verdict.LEVEL, 0);

  public TestCriterion {
    if (!(level > 0 && level < 0.5 && leastEffect >= 0 && leastEffect <= 1)) {
      throw new IllegalArgumentException(
          "no criterion: level %s, least effect %s".formatted(level, leastEffect));
    }
  }

  /** With fewer tasks no result whatever reaches the level. */
  public int fewestTasks() {
    return SignFlips.fewestTasks(level);
  }
}
