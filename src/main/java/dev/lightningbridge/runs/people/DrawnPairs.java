package dev.lightningbridge.runs.people;

import dev.lightningbridge.optimize.verdict.SignFlips;
import dev.lightningbridge.runs.TaskEvidence;
import dev.lightningbridge.runs.people.PeopleStore.StoredPair;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * The pairs of a test that people decide, drawn once.
 *
 * @param judged whether a judge's grades of the other tasks count too
 */
record DrawnPairs(List<StoredPair> pairs, boolean judged) {
  /** With fewer choices the weight of a judge is hardly known. */
  private static final int FEWEST_WITH_JUDGE = 20;

  /**
   * Draws which outputs are compared, in which order and on which sides.
   *
   * @param most pairs at the most
   * @param level of the test
   */
  static DrawnPairs of(TestedOutputs outputs, int most, double level, long seed) {
    List<TaskEvidence> different = new ArrayList<>(outputs.different());
    Random chance = new Random(seed);
    Collections.shuffle(different, chance);
    int pairs = Math.clamp(most, SignFlips.fewestTasks(level), different.size());
    boolean judged =
        pairs >= FEWEST_WITH_JUDGE
            && pairs < different.size()
            && different.stream().allMatch(task -> task.difference() != null);
    List<StoredPair> shown = new ArrayList<>();
    for (int place = 1; place <= pairs; place++) {
      shown.add(
          new StoredPair(place, different.get(place - 1).taskId(), chance.nextBoolean(), null));
    }
    return new DrawnPairs(shown, judged);
  }
}
