package dev.lightningbridge.optimize.apo;

import dev.lightningbridge.dataset.Rollout;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which runs of a candidate a critic is shown: failures, and some of what went best, which is not
 * to be lost. What is known already costs nothing.
 */
final class ShownRuns {
  private static final int FAILURES = 6;
  private static final int SUCCESSES = 2;

  private ShownRuns() {}

  /**
   * The runs, failures first; none where nothing failed.
   *
   * @param fresh those that were made for this critique
   * @param known all of the candidate's, in an order by chance
   */
  static List<Rollout> of(List<Rollout> fresh, List<Rollout> known) {
    List<Rollout> failed = new ArrayList<>();
    Set<String> taken = new HashSet<>();
    for (List<Rollout> runs : List.of(fresh, known)) {
      for (Rollout run : runs) {
        if (failed.size() < FAILURES && reward(run) < 1 && taken.add(run.task().id())) {
          failed.add(run);
        }
      }
    }
    if (failed.isEmpty()) {
      return List.of();
    }
    List<Rollout> shown = new ArrayList<>(failed);
    double mean = known.stream().mapToDouble(ShownRuns::reward).average().orElse(1);
    known.stream()
        .filter(run -> (reward(run) >= 1 || reward(run) > mean) && !taken.contains(run.task().id()))
        .sorted(Comparator.comparingDouble(ShownRuns::reward).reversed())
        .limit(SUCCESSES)
        .forEach(shown::add);
    return List.copyOf(shown);
  }

  private static double reward(Rollout run) {
    return run.reward().orElse(1);
  }
}
