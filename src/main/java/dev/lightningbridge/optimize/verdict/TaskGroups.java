package dev.lightningbridge.optimize.verdict;

import dev.lightningbridge.common.Figures;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The tasks of the sealed test by their tag, and on which of them the new prompt is worse. Tasks
 * without a tag are a group of their own: they are of the run's one session.
 *
 * <p>A loss is tested as a gain is, in the other direction, at {@link Verdict#LEVEL} for all groups
 * together: by Holm's procedure (1979) over the largest groups, as many of them as could each show
 * a loss beside the others (Tarone, 1990). Which these are follows from their sizes alone.
 */
public record TaskGroups(List<TaskGroup> groups) {
  public TaskGroups {
    groups = List.copyOf(groups);
  }

  /**
   * Tests for losses.
   *
   * @param seed of the tests, where they draw patterns
   */
  public static TaskGroups of(List<PairedRollout> pairs, long seed) {
    Map<String, List<PairedRollout>> byTag =
        pairs.stream()
            .filter(PairedRollout::comparable)
            .collect(
                Collectors.groupingBy(
                    pair -> pair.task().tag() == null ? "" : pair.task().tag(),
                    LinkedHashMap::new,
                    Collectors.toList()));
    List<TaskGroup> largestFirst =
        byTag.entrySet().stream()
            .map(e -> measured(e.getKey().isEmpty() ? null : e.getKey(), e.getValue(), seed))
            .sorted(Comparator.comparingInt(TaskGroup::n).reversed())
            .toList();
    int tested = tested(largestFirst);
    List<TaskGroup> groups = new ArrayList<>(holm(largestFirst.subList(0, tested)));
    largestFirst.stream()
        .skip(tested)
        .map(group -> group.with(TaskGroup.Finding.TOO_SMALL))
        .forEach(groups::add);
    groups.sort(
        Comparator.comparing(TaskGroup::tag, Comparator.nullsLast(Comparator.naturalOrder())));
    return new TaskGroups(groups);
  }

  private static TaskGroup measured(@Nullable String tag, List<PairedRollout> pairs, long seed) {
    double[] losses = pairs.stream().mapToDouble(p -> -p.difference().orElseThrow()).toArray();
    return new TaskGroup(
        tag,
        pairs.size(),
        pairs.stream()
            .mapToDouble(p -> p.baseline().reward().orElseThrow())
            .average()
            .orElseThrow(),
        pairs.stream().mapToDouble(p -> p.winner().reward().orElseThrow()).average().orElseThrow(),
        SignFlips.pValue(losses, Verdict.LEVEL, seed),
        TaskGroup.Finding.NO_LOSS_SHOWN);
  }

  private static int tested(List<TaskGroup> largestFirst) {
    int most = 0;
    for (int k = 1; k <= largestFirst.size(); k++) {
      if (largestFirst.get(k - 1).n() >= SignFlips.fewestTasks(Verdict.LEVEL / k)) {
        most = k;
      }
    }
    return most;
  }

  private static List<TaskGroup> holm(List<TaskGroup> tested) {
    List<TaskGroup> byP =
        tested.stream().sorted(Comparator.comparingDouble(TaskGroup::pWorse)).toList();
    List<TaskGroup> found = new ArrayList<>();
    boolean rejecting = true;
    for (TaskGroup group : byP) {
      rejecting &= group.pWorse() <= Verdict.LEVEL / (byP.size() - found.size());
      found.add(rejecting ? group.with(TaskGroup.Finding.LOSS) : group);
    }
    return found;
  }

  /**
   * The verdict with what the groups say.
   *
   * @param noRegression whether a prompt that is better on the whole is held for a group with a
   *     loss, or for one whose reward fell and that is too small to show a loss
   */
  public Verdict on(Verdict verdict, boolean noRegression, Compared compared) {
    List<String> losses =
        groups.stream()
            .filter(group -> group.finding() == TaskGroup.Finding.LOSS)
            .map(group -> loss(group, compared))
            .toList();
    List<String> unclear =
        groups.stream()
            .filter(group -> group.finding() == TaskGroup.Finding.TOO_SMALL)
            .filter(group -> group.winnerMean() < group.baselineMean())
            .map(group -> unclear(group, compared))
            .toList();
    boolean mayHold = noRegression && verdict.decision() == Verdict.Decision.PROMOTE;
    Verdict result = verdict;
    if (mayHold && !losses.isEmpty()) {
      result = verdict.heldForGroups(Verdict.Reason.WORSE_IN_A_GROUP, String.join(" ", losses));
    } else if (mayHold && !unclear.isEmpty()) {
      result = verdict.heldForGroups(Verdict.Reason.GROUP_TOO_SMALL, String.join(" ", unclear));
    } else {
      for (String loss : losses) {
        result = result.withRemark(loss);
      }
    }
    return noRegression ? withLimits(result) : result;
  }

  /** What a test for losses could not see. */
  private Verdict withLimits(Verdict verdict) {
    if (groups.size() == 1 && groups.get(0).tag() == null) {
      return verdict.withRemark(
          "Losses were looked for in all tasks together: none has a \"tag\" in the file of tasks.");
    }
    String small =
        groups.stream()
            .filter(group -> group.finding() == TaskGroup.Finding.TOO_SMALL)
            .map(group -> "%s (%d)".formatted(name(group), group.n()))
            .collect(Collectors.joining(", "));
    return small.isEmpty()
        ? verdict
        : verdict.withRemark("Too few sealed test tasks to show a loss: " + small + ".");
  }

  private String loss(TaskGroup group, Compared compared) {
    return "The %s is worse on %s: on %d sealed test tasks its mean reward is %s, %s %s (p %s)."
        .formatted(
            compared.winner(),
            name(group),
            group.n(),
            Figures.decimal(group.winnerMean()),
            compared.other(),
            Figures.decimal(group.baselineMean()),
            Figures.p(group.pWorse()));
  }

  private String unclear(TaskGroup group, Compared compared) {
    return ("The mean reward of the %s on %s is %s, %s %s, and %d sealed test task%s too few to"
            + " tell whether that is chance: give more with this tag.")
        .formatted(
            compared.winner(),
            name(group),
            Figures.decimal(group.winnerMean()),
            compared.other(),
            Figures.decimal(group.baselineMean()),
            group.n(),
            group.n() == 1 ? " is" : "s are");
  }

  private String name(TaskGroup group) {
    return group.tag() != null
        ? "\"" + group.tag() + "\""
        : groups.size() == 1 ? "the tasks" : "the tasks without a tag";
  }
}
