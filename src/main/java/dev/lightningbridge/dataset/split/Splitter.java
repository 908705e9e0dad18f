package dev.lightningbridge.dataset.split;

import dev.lightningbridge.dataset.InputKey;
import dev.lightningbridge.dataset.Task;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Splits tasks into train, validation and sealed test, by clusters of near duplicates ({@link
 * TaskClusters}) and never by row or by wording.
 *
 * <p>Each cluster has a place in 0 to 1 that depends on session, input and the seed of the split
 * alone ({@link Seal}). The test set takes the first by place, of each tag or label its part
 * ({@link Strata}); validation takes the next ones, train the rest. What was sealed before stays in
 * the test set, whatever comes in beside it or turns out to be nearly the same; what was sealed
 * with another seed is in the test set or in none. Synthetic tasks come into the test set last.
 */
public final class Splitter {
  /** The share of what is not sealed that validation takes, within the plan's bounds. */
  private static final double VALIDATION_SHARE = 0.45;

  private static final Comparator<Cluster> BY_PLACE =
      Comparator.comparingDouble(Cluster::place)
          .thenComparing(cluster -> cluster.representative().taskId());

  private final List<Cluster> clusters;

  private Splitter(List<Cluster> clusters) {
    this.clusters = clusters;
  }

  /** Where a cluster is put. */
  public enum Part {
    TRAIN,
    VALIDATION,
    TEST,
    /** In no set: it was sealed with another seed of the split, and is not drawn with this one. */
    ASIDE
  }

  /**
   * Where each input goes.
   *
   * @param asked the one input of each cluster that validation and test ask
   * @param sizes clusters by part
   */
  public record Assignment(
      Map<InputKey, Part> parts, Set<InputKey> asked, Map<Part, Integer> sizes) {
    public Part part(InputKey key) {
      return parts.getOrDefault(key, Part.TRAIN);
    }
  }

  /** Over these inputs, each once. */
  public static Splitter of(Collection<Wording> wordings, Seal seal) {
    return new Splitter(
        TaskClusters.of(wordings).stream().map(cluster -> Cluster.of(cluster, seal)).toList());
  }

  /** Over tasks, of which several may have one input. */
  public static Splitter ofTasks(Collection<Task> tasks, Seal seal) {
    Map<InputKey, Wording> byInput = new LinkedHashMap<>();
    tasks.stream()
        .map(Wording::of)
        .forEach(wording -> byInput.merge(wording.key(), wording, Wording::or));
    return of(byInput.values(), seal);
  }

  /**
   * Splits tasks; each is in exactly one list of the split, in the order given.
   *
   * @return empty where there are too few, see {@link #missing(Collection, SplitPlan, Seal)}
   */
  public static Optional<Split> split(List<Task> tasks, SplitPlan plan, Seal seal) {
    return ofTasks(tasks, seal).assign(plan).map(assignment -> split(tasks, assignment));
  }

  private static Split split(List<Task> tasks, Assignment assignment) {
    Map<Part, List<Task>> sets = new EnumMap<>(Part.class);
    List<Task> sealed = new ArrayList<>();
    for (Task task : tasks) {
      InputKey key = InputKey.of(task.input());
      Part part = assignment.part(key);
      if (part == Part.TEST) {
        sealed.add(task);
      }
      boolean asked = part == Part.TRAIN || assignment.asked().contains(key);
      sets.computeIfAbsent(asked ? part : Part.ASIDE, p -> new ArrayList<>()).add(task);
    }
    return new Split(
        List.copyOf(sets.getOrDefault(Part.TRAIN, List.of())),
        List.copyOf(sets.getOrDefault(Part.VALIDATION, List.of())),
        List.copyOf(sets.getOrDefault(Part.TEST, List.of())),
        List.copyOf(sets.getOrDefault(Part.ASIDE, List.of())),
        List.copyOf(sealed));
  }

  /**
   * How many more tasks a split needs that are near duplicates of none; 0 where there are enough.
   */
  public static int missing(Collection<Task> tasks, SplitPlan plan, Seal seal) {
    return ofTasks(tasks, seal).missing(plan);
  }

  /** How many distinct inputs there are. */
  public int inputs() {
    return clusters.stream().mapToInt(cluster -> cluster.wordings().size()).sum();
  }

  /** How many clusters there are. */
  public int clusters() {
    return clusters.size();
  }

  /** How many more clusters a split needs; 0 where there are enough. */
  public int missing(SplitPlan plan) {
    int open = plan.minimumValidation() + plan.minimumTrain();
    return Math.max(0, Math.max(plan.minimumTasks() - clusters.size(), open - free()));
  }

  private int free() {
    return (int) clusters.stream().filter(Cluster::isFree).count();
  }

  /**
   * Puts each input in a set.
   *
   * @return empty where there are too few
   */
  public Optional<Assignment> assign(SplitPlan plan) {
    if (missing(plan) > 0) {
      return Optional.empty();
    }
    Strata strata = Strata.of(clusters);
    Set<Cluster> test = test(plan, strata);
    List<Cluster> open =
        clusters.stream().filter(c -> c.isFree() && !test.contains(c)).sorted(BY_PLACE).toList();
    int validations =
        Math.clamp(
            Math.round(VALIDATION_SHARE * open.size()),
            plan.minimumValidation(),
            Math.min(plan.maximumValidation(), open.size() - plan.minimumTrain()));
    Set<Cluster> validation = strata.take(open, validations, Set.of(), BY_PLACE);
    Map<InputKey, Part> parts = new HashMap<>();
    Map<Part, Integer> sizes = new EnumMap<>(Part.class);
    for (Cluster cluster : clusters) {
      Part part = part(cluster, test, validation);
      cluster.wordings().forEach(wording -> parts.put(wording.key(), part));
      sizes.merge(part, 1, Integer::sum);
    }
    Set<InputKey> asked =
        clusters.stream().map(Cluster::representative).collect(Collectors.toSet());
    return Optional.of(new Assignment(parts, asked, sizes));
  }

  private static Part part(Cluster cluster, Set<Cluster> test, Set<Cluster> validation) {
    if (test.contains(cluster)) {
      return Part.TEST;
    }
    if (!cluster.isFree()) {
      return Part.ASIDE;
    }
    return validation.contains(cluster) ? Part.VALIDATION : Part.TRAIN;
  }

  private Set<Cluster> test(SplitPlan plan, Strata strata) {
    int open = plan.minimumValidation() + plan.minimumTrain();
    List<Cluster> real = clusters.stream().filter(Cluster::isReal).toList();
    Set<Cluster> certain =
        real.stream()
            .filter(c -> c.before() == Cluster.Before.SEALED)
            .collect(Collectors.toCollection(HashSet::new));
    int count =
        Math.clamp(
            Math.round(plan.testShare() * clusters.size()),
            Math.max(plan.minimumTest(), certain.size()),
            Math.max(certain.size(), clusters.size() - open));
    Set<Cluster> test = strata.take(real, Math.min(count, real.size()), certain, BY_PLACE);
    List<Cluster> made = clusters.stream().filter(c -> !c.isReal()).toList();
    test.addAll(strata.take(made, Math.max(0, count - test.size()), Set.of(), BY_PLACE));
    return leaving(open, count, test);
  }

  /** The set with so many free ones less that enough are left for the search. */
  private Set<Cluster> leaving(int open, int count, Set<Cluster> test) {
    long mayGo = (long) free() - open;
    Set<Cluster> result = new HashSet<>();
    test.stream().filter(c -> !c.isFree()).forEach(result::add);
    test.stream().filter(Cluster::isFree).sorted(BY_PLACE).limit(mayGo).forEach(result::add);
    clusters.stream()
        .filter(c -> !c.isFree() && !result.contains(c))
        .sorted(BY_PLACE)
        .limit(Math.max(0, count - result.size()))
        .forEach(result::add);
    return result;
  }
}
