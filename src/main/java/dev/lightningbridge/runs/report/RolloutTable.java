package dev.lightningbridge.runs.report;

import dev.lightningbridge.common.Figures;
import dev.lightningbridge.optimize.verdict.RolloutCounts;
import dev.lightningbridge.optimize.verdict.RunRollouts;
import java.util.List;
import java.util.stream.Stream;

/**
 * What became of a run's rollouts.
 *
 * @param all how many there were; {@code none} whether there were none at all
 * @param plain whether each was answered whole and graded: then there is nothing to show
 */
public record RolloutTable(String all, boolean none, boolean plain, List<Row> rows) {
  /** The rollouts of the search, or of one side of the sealed test. */
  public record Row(
      String name,
      String rollouts,
      String refused,
      String tooLong,
      String cutOff,
      String empty,
      String failed,
      String ungraded,
      String leftOut) {
    private static Row of(String name, RolloutCounts counts) {
      return new Row(
          name,
          Figures.count(counts.rollouts()),
          Figures.count(counts.refused()),
          Figures.count(counts.tooLong()),
          Figures.count(counts.cutOff()),
          Figures.count(counts.empty()),
          Figures.count(counts.failed()),
          Figures.count(counts.ungraded()),
          Figures.count(counts.leftOut()));
    }
  }

  /**
   * The table.
   *
   * @param trained whether models are compared, and not prompts
   */
  public static RolloutTable of(RunRollouts rollouts, boolean trained) {
    RolloutCounts all = rollouts.all();
    return new RolloutTable(
        Figures.count(all.rollouts()),
        all.rollouts() == 0,
        all.plain(),
        Stream.of(
                Row.of("Search", rollouts.search()),
                Row.of(
                    trained ? "Base model, sealed test" : "Current prompt, sealed test",
                    rollouts.baseline()),
                Row.of(
                    trained ? "Trained model, sealed test" : "New prompt, sealed test",
                    rollouts.winner()))
            .filter(row -> !row.rollouts().equals("0"))
            .toList());
  }
}
