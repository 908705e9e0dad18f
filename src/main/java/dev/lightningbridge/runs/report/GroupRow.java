package dev.lightningbridge.runs.report;

import dev.lightningbridge.common.Figures;
import dev.lightningbridge.optimize.verdict.TaskGroup;
import dev.lightningbridge.optimize.verdict.TaskGroups;
import java.util.List;

/**
 * The sealed test's tasks of one tag.
 *
 * @param finding in words; empty where no loss was shown
 */
public record GroupRow(
    String name,
    int tasks,
    String old,
    String now,
    String difference,
    boolean loss,
    String finding) {

  /** None where no task has a tag. */
  public static List<GroupRow> of(TaskGroups groups) {
    return groups.groups().stream().allMatch(group -> group.tag() == null)
        ? List.of()
        : groups.groups().stream().map(GroupRow::of).toList();
  }

  private static GroupRow of(TaskGroup group) {
    return new GroupRow(
        group.tag() == null ? "without a tag" : Text.line(group.tag()),
        group.n(),
        Figures.decimal(group.baselineMean()),
        Figures.decimal(group.winnerMean()),
        Figures.signed(group.winnerMean() - group.baselineMean()),
        group.finding() == TaskGroup.Finding.LOSS,
        switch (group.finding()) {
          case LOSS -> "significantly worse, p " + Figures.p(group.pWorse());
          case NO_LOSS_SHOWN -> "";
          case TOO_SMALL -> "too few tasks to show a loss";
        });
  }
}
