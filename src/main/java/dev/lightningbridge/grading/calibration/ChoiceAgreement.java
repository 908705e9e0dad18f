package dev.lightningbridge.grading.calibration;

import dev.lightningbridge.common.Figures;
import dev.lightningbridge.common.Interval;
import dev.lightningbridge.grading.calibration.CalibrationReport.Judged;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.statistics.distribution.BetaDistribution;

/**
 * How often a judge prefers what people preferred, one pair a task. A pair of which the judge
 * scores both outputs the same is none that it has in order.
 *
 * @param tasks with a pair of which both outputs were judged; by the way in which people chose they
 *     are {@code comparisons}, {@code locks} and {@code scores}
 * @param inOrder so many of them the judge orders as people did
 * @param interval of the share, 95 %, exact: since each task counts once, the count is binomial
 *     (Clopper and Pearson, 1934)
 */
public record ChoiceAgreement(
    int tasks, int inOrder, Interval interval, int comparisons, int locks, int scores) {
  private static final double TAIL = 0.025;

  static ChoiceAgreement of(List<ChosenPair> pairs, Stream<Judged> judged) {
    Map<String, Integer> scores =
        judged.collect(Collectors.toMap(j -> j.output().id(), Judged::score, (a, b) -> a));
    List<ChosenPair> whole =
        pairs.stream()
            .filter(pair -> pair.outputs().allMatch(output -> scores.containsKey(output.id())))
            .toList();
    int inOrder =
        (int)
            whole.stream()
                .filter(
                    pair ->
                        scores.getOrDefault(pair.chosen().id(), 0)
                            > scores.getOrDefault(pair.rejected().id(), 0))
                .count();
    return new ChoiceAgreement(
        whole.size(),
        inOrder,
        interval(inOrder, whole.size()),
        count(whole, ChosenPair.Source.COMPARISON),
        count(whole, ChosenPair.Source.LOCK),
        count(whole, ChosenPair.Source.SCORES));
  }

  /** All of it in the middle of a sentence. */
  public String inWords() {
    return ("of %d tasks in which people preferred one output to another (%d by a comparison, %d by a"
            + " lock, %d by scores) it orders %d as they did (exact 95 %% interval of the share %s to"
            + " %s)")
        .formatted(
            tasks,
            comparisons,
            locks,
            scores,
            inOrder,
            Figures.decimal(interval.low()),
            Figures.decimal(interval.high()));
  }

  static Interval interval(int hits, int n) {
    return new Interval(
        hits == 0
            ? 0
            : BetaDistribution.of(hits, n - hits + 1.0).inverseCumulativeProbability(TAIL),
        hits == n ? 1 : BetaDistribution.of(hits + 1.0, n - hits).inverseSurvivalProbability(TAIL));
  }

  private static int count(List<ChosenPair> pairs, ChosenPair.Source source) {
    return (int) pairs.stream().filter(pair -> pair.source() == source).count();
  }
}
