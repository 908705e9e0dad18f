package dev.lightningbridge.dataset.split;

import dev.lightningbridge.dataset.InputKey;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.dataset.TaskSource;
import dev.lightningbridge.dataset.TextHash;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The split of versions that kept no ledger of what they sealed: by distinct input, each at a place
 * that came from itself and the seed of the search. It is here to know what their runs have sealed,
 * and makes no new splits.
 *
 * @param searched the inputs that train and validation had
 */
public record FormerSplit(Set<InputKey> sealed, Set<InputKey> searched) {
  private record Placed(InputKey key, boolean real, double place) {}

  /** The split that a run with these tasks and this seed had; nothing where there were too few. */
  public static FormerSplit of(List<Task> tasks, SplitPlan plan, long seed) {
    Map<InputKey, Boolean> real = new LinkedHashMap<>();
    for (Task task : tasks) {
      real.merge(
          InputKey.of(task.input()), task.source() != TaskSource.SYNTHETIC, Boolean::logicalOr);
    }
    int all = real.size();
    if (all < plan.minimumTasks()) {
      return new FormerSplit(Set.of(), Set.of());
    }
    Comparator<Placed> byPlace =
        Comparator.comparingDouble(Placed::place).thenComparing(p -> p.key().taskId());
    List<Placed> placed = new ArrayList<>(all);
    real.forEach((key, isReal) -> placed.add(new Placed(key, isReal, place(key, seed))));
    placed.sort(Comparator.comparing(Placed::real).reversed().thenComparing(byPlace));
    long test =
        Math.clamp(
            tests(placed, plan.testShare() * all),
            plan.minimumTest(),
            all - plan.minimumValidation() - plan.minimumTrain());
    Set<InputKey> sealed = new HashSet<>();
    Set<InputKey> searched = new HashSet<>();
    for (int i = 0; i < all; i++) {
      (i < test ? sealed : searched).add(placed.get(i).key());
    }
    return new FormerSplit(Set.copyOf(sealed), Set.copyOf(searched));
  }

  private static long tests(List<Placed> placed, double target) {
    long reals = placed.stream().filter(Placed::real).count();
    return reals < target
        ? Math.round(target)
        : placed.stream().filter(p -> p.real() && p.place() < target / reals).count();
  }

  private static double place(InputKey key, long seed) {
    return (TextHash.of(Long.toString(seed), key.hash().hex()).high() >>> 11) * 0x1.0p-53;
  }
}
