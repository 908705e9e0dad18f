package dev.lightningbridge.optimize.apo;

import dev.lightningbridge.dataset.Rollout;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Which runs of a candidate critics are shown: failures, and some of what went best, which is not
 * to be lost. What is known already costs nothing. No run stands in two letters as a failure, so
 * there are fewer letters where there are few failures.
 */
final class ShownRuns {
  private static final int FAILURES = 6;
  private static final int SUCCESSES = 2;

  private ShownRuns() {}

  /**
   * The runs of each letter, failures first; no letter where nothing failed.
   *
   * @param most letters
   * @param fresh runs that were made for them, which come first
   * @param known all of the candidate's, in an order by chance
   */
  static List<List<Rollout>> of(int most, List<Rollout> fresh, List<Rollout> known) {
    Map<String, Rollout> failures = new LinkedHashMap<>();
    Stream.concat(fresh.stream(), known.stream())
        .filter(run -> reward(run) < 1)
        .forEach(run -> failures.putIfAbsent(run.task().id(), run));
    List<Rollout> failed = List.copyOf(failures.values());
    int letters = Math.min(most, Math.ceilDiv(failed.size(), FAILURES));
    List<List<Rollout>> shown = new ArrayList<>();
    for (int letter = 0; letter < letters; letter++) {
      List<Rollout> runs = new ArrayList<>();
      for (int i = letter; i < failed.size() && runs.size() < FAILURES; i += letters) {
        runs.add(failed.get(i));
      }
      best(known).filter(run -> !runs.contains(run)).limit(SUCCESSES).toList().forEach(runs::add);
      shown.add(List.copyOf(runs));
    }
    return shown;
  }

  private static Stream<Rollout> best(List<Rollout> known) {
    double mean = known.stream().mapToDouble(ShownRuns::reward).average().orElse(1);
    return known.stream()
        .filter(run -> reward(run) >= 1 || reward(run) > mean)
        .sorted(Comparator.comparingDouble(ShownRuns::reward).reversed());
  }

  private static double reward(Rollout run) {
    return run.reward().orElse(1);
  }
}
