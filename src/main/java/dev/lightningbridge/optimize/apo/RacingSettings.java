package dev.lightningbridge.optimize.apo;

import org.jspecify.annotations.Nullable;

/**
 * Settings of the race. Its defaults were found on the sandbox's seeds below 1000
 * (docs/benchmarks.md).
 *
 * @param challengers revisions made and raced at a time
 * @param block tasks between two looks at the race
 * @param fewest tasks before a challenger may win
 * @param most tasks after which the race ends
 * @param z how many standard errors of the mean difference a decision needs; the race is looked at
 *     again and again, so this is a rule of thumb and no test: the sealed test decides
 * @param explore share of the revisions whose parent is not the best prompt but another good one
 * @param kept good prompts kept to explore from
 * @param calls rollouts, critiques and edits at most; null for as many as a beam search with the
 *     job's settings plans
 */
public record RacingSettings(
    int challengers,
    int block,
    int fewest,
    int most,
    double z,
    double explore,
    int kept,
    @Nullable Integer calls) {
  public static final RacingSettings DEFAULT = new RacingSettings(2, 4, 8, 32, 0.5, 0.3, 6, null);

  public RacingSettings {
    if (challengers < 1 || block < 1 || fewest < 1 || most < fewest || kept < 1) {
      throw new IllegalArgumentException("each number must be at least 1, and most >= fewest");
    }
    if (!(z >= 0) || !(explore >= 0 && explore <= 1)) {
      throw new IllegalArgumentException("z must be at least 0, explore from 0 to 1");
    }
  }

  public RacingSettings withCalls(int value) {
    return new RacingSettings(challengers, block, fewest, most, z, explore, kept, value);
  }
}
