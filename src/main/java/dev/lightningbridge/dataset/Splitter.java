package dev.lightningbridge.dataset;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Splits tasks into train, validation and sealed test, by distinct input ({@link InputKey}) and
 * never by row.
 *
 * <p>Each input has a place in 0 to 1 that depends only on itself and the seed. The inputs with a
 * place below {@link SplitPlan#testShare} are the test set, so that it stays the same set when
 * tasks are added: what was sealed stays sealed. Only where the sizes asked for demand it (few
 * tasks, or synthetic ones, which come into the test set last) does the border move. Validation
 * takes the next ones by place, train the rest.
 */
public final class Splitter {
  /** The share of what is not sealed that validation takes, within the plan's bounds. */
  private static final double VALIDATION_SHARE = 0.45;

  private Splitter() {}

  /** A set that a task is put in. */
  public enum Part {
    TRAIN,
    VALIDATION,
    TEST
  }

  /**
   * Splits tasks; each is in exactly one set, in the order given.
   *
   * @return empty where there are too few distinct inputs, see {@link #missing}
   */
  public static Optional<Split> split(List<Task> tasks, SplitPlan plan, long seed) {
    Map<InputKey, Boolean> real = new LinkedHashMap<>();
    for (Task task : tasks) {
      real.merge(
          InputKey.of(task.input()), task.source() != TaskSource.SYNTHETIC, Boolean::logicalOr);
    }
    return assign(real, plan, seed)
        .map(
            parts -> {
              Map<Part, List<Task>> sets = new HashMap<>();
              tasks.forEach(
                  task ->
                      sets.computeIfAbsent(
                              parts.getOrDefault(InputKey.of(task.input()), Part.TRAIN),
                              p -> new ArrayList<>())
                          .add(task));
              return new Split(
                  List.copyOf(sets.getOrDefault(Part.TRAIN, List.of())),
                  List.copyOf(sets.getOrDefault(Part.VALIDATION, List.of())),
                  List.copyOf(sets.getOrDefault(Part.TEST, List.of())));
            });
  }

  /** How many more distinct inputs a split needs; 0 where there are enough. */
  public static int missing(Collection<Task> tasks, SplitPlan plan) {
    long distinct = tasks.stream().map(t -> InputKey.of(t.input())).distinct().count();
    return (int) Math.max(0, plan.minimumTasks() - distinct);
  }

  /**
   * Puts each distinct input in a set.
   *
   * @param real the inputs, each with whether it was captured or provided and not made by a model
   * @return empty where there are too few
   */
  public static Optional<Map<InputKey, Part>> assign(
      Map<InputKey, Boolean> real, SplitPlan plan, long seed) {
    int all = real.size();
    if (all < plan.minimumTasks()) {
      return Optional.empty();
    }
    record Placed(InputKey key, boolean real, double place) {}
    List<Placed> placed = new ArrayList<>(all);
    real.forEach((key, isReal) -> placed.add(new Placed(key, isReal, key.place(seed))));
    Comparator<Placed> byPlace =
        Comparator.comparingDouble(Placed::place).thenComparing(p -> p.key().taskId());
    placed.sort(Comparator.comparing(Placed::real).reversed().thenComparing(byPlace));

    long reals = placed.stream().filter(Placed::real).count();
    double target = plan.testShare() * all;
    double share = reals == 0 ? 0 : target / reals;
    long test =
        reals < target
            ? Math.round(target)
            : placed.stream().filter(p -> p.real() && p.place() < share).count();
    test =
        Math.clamp(test, plan.minimumTest(), all - plan.minimumValidation() - plan.minimumTrain());

    Map<InputKey, Part> parts = new HashMap<>();
    placed.stream().limit(test).forEach(p -> parts.put(p.key(), Part.TEST));
    List<Placed> open = placed.stream().skip(test).sorted(byPlace).toList();
    long validation =
        Math.clamp(
            Math.round(VALIDATION_SHARE * open.size()),
            plan.minimumValidation(),
            Math.min(plan.maximumValidation(), open.size() - plan.minimumTrain()));
    for (int i = 0; i < open.size(); i++) {
      parts.put(open.get(i).key(), i < validation ? Part.VALIDATION : Part.TRAIN);
    }
    return Optional.of(parts);
  }
}
