package dev.lightningbridge.dataset.split;

import dev.lightningbridge.dataset.TextHash;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Groups of clusters, of which a share is to have its part each: those of one tag; or, where no
 * task has a tag, of one answer where there are few different ones; else all are one group.
 */
final class Strata {
  private static final int MOST_LABELS = 20;

  /** With fewer tasks a label, answers are no labels. */
  private static final int FEWEST_A_LABEL = 3;

  private static final String ALL = "";

  private final Function<Cluster, Object> group;

  private Strata(Function<Cluster, Object> group) {
    this.group = group;
  }

  static Strata of(Collection<Cluster> clusters) {
    if (clusters.stream().anyMatch(cluster -> cluster.tag() != null)) {
      return new Strata(cluster -> Objects.requireNonNullElse(cluster.tag(), ALL));
    }
    List<TextHash> answers =
        clusters.stream().map(Cluster::answer).filter(Objects::nonNull).toList();
    long labels = answers.stream().distinct().count();
    return labels > 0 && labels <= MOST_LABELS && answers.size() >= FEWEST_A_LABEL * labels
        ? new Strata(cluster -> cluster.answer() == null ? ALL : cluster.answer())
        : new Strata(cluster -> ALL);
  }

  private record Group(List<Cluster> sorted, int whole, double fraction) {
    /** By the next that the group would give, so that ties follow no order of names. */
    double next() {
      return whole < sorted.size() ? sorted.get(whole).place() : 1;
    }
  }

  /**
   * So many of these, of each group by its size (largest remainders), the first by the order.
   *
   * @param certain those that are taken in any case, and count
   */
  Set<Cluster> take(
      Collection<Cluster> from, int count, Set<Cluster> certain, Comparator<Cluster> order) {
    Map<Object, List<Cluster>> groups = from.stream().collect(Collectors.groupingBy(group));
    List<Group> parts = new ArrayList<>();
    int taken = 0;
    for (List<Cluster> all : groups.values()) {
      List<Cluster> sorted =
          all.stream()
              .sorted(
                  Comparator.comparing((Cluster c) -> !certain.contains(c)).thenComparing(order))
              .toList();
      double part = (double) count * all.size() / from.size();
      int held = (int) all.stream().filter(certain::contains).count();
      int whole = Math.max(held, (int) Math.floor(part));
      parts.add(new Group(sorted, whole, part - whole));
      taken += whole;
    }
    parts.sort(
        Comparator.comparingDouble(Group::fraction)
            .reversed()
            .thenComparingDouble(Group::next)
            .thenComparing(g -> g.sorted().getFirst().representative().taskId()));
    Set<Cluster> chosen = new HashSet<>();
    for (Group part : parts) {
      boolean oneMore = taken < count && part.whole() < part.sorted().size();
      chosen.addAll(part.sorted().subList(0, part.whole() + (oneMore ? 1 : 0)));
      taken += oneMore ? 1 : 0;
    }
    return chosen;
  }
}
