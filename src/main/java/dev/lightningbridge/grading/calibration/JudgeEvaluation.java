package dev.lightningbridge.grading.calibration;

import dev.lightningbridge.common.Interval;
import dev.lightningbridge.grading.calibration.CalibrationReport.Band;
import dev.lightningbridge.grading.calibration.CalibrationReport.Correction;
import dev.lightningbridge.grading.calibration.CalibrationReport.Judged;
import dev.lightningbridge.grading.calibration.CalibrationReport.Length;
import dev.lightningbridge.grading.calibration.CalibrationReport.Lineage;
import dev.lightningbridge.grading.calibration.CalibrationReport.Point;
import dev.lightningbridge.grading.calibration.CalibrationReport.Repeatability;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.apache.commons.statistics.descriptive.Mean;
import org.apache.commons.statistics.descriptive.StandardDeviation;
import org.apache.commons.statistics.distribution.TDistribution;
import org.jspecify.annotations.Nullable;

/** Works out a judge's report from its scores. */
final class JudgeEvaluation {
  private static final int WORST = 10;
  private static final int[][] BANDS = {{1, 3}, {4, 7}, {8, 10}};

  private final List<Judged> judged;
  private final List<Judged> again;
  private final long seed;
  private final double[] people;
  private final double[] judge;

  /**
   * @param judged at least one
   * @param again some of the same outputs, judged a second time
   */
  JudgeEvaluation(List<Judged> judged, List<Judged> again, long seed) {
    this.judged = judged;
    this.again = again;
    this.seed = seed;
    this.people = people(judged);
    this.judge = judge(judged);
  }

  CalibrationReport report(
      List<String> shown,
      int failures,
      boolean complete,
      @Nullable ChoiceAgreement choices,
      @Nullable Persuasion persuasion) {
    Agreement agreement = Agreement.of(people, judge, seed);
    @Nullable Correction correction = correction(agreement);
    PairOrder order = PairOrder.of(judged);
    return new CalibrationReport(
        trust(correction == null ? agreement : correction.corrected(), choices, persuasion),
        shown,
        judged.size(),
        failures,
        complete,
        agreement,
        correction,
        Agreement.of(people, alwaysTheMean(), seed),
        Agreement.of(people, byLength(), seed),
        new Length(Scores.spearman(people, lengths()), Scores.spearman(judge, lengths())),
        lineages(),
        order.pairs() == 0 ? null : order.share(),
        order.pairs(),
        choices,
        bands(),
        repeatability(),
        persuasion,
        judged.stream().map(JudgeEvaluation::point).toList(),
        worst());
  }

  private TrustPolicy.Trust trust(
      Agreement agreement, @Nullable ChoiceAgreement choices, @Nullable Persuasion persuasion) {
    boolean measurable = DoubleStream.of(people).distinct().count() > 1;
    return measurable || people.length < TrustPolicy.FEWEST_OUTPUTS
        ? TrustPolicy.decide(agreement, choices, persuasion)
        : TrustPolicy.oneScore(people.length, people[0]);
  }

  /**
   * A correction is taken where, on outputs it was not fitted to, it lowers the squared error by
   * more than one standard error, raises the agreement and does not raise the mean error: one that
   * only pulls everything to the mean does the first but not the others.
   */
  private @Nullable Correction correction(Agreement before) {
    if (judged.size() < TrustPolicy.FEWEST_OUTPUTS) {
      return null;
    }
    int[] byJudge = judged.stream().mapToInt(Judged::score).toArray();
    int[] byPeople = judged.stream().mapToInt(j -> j.output().score()).toArray();
    double[] forecasts = IsotonicFit.forecasts(byJudge, byPeople, seed);
    double[] gains = new double[people.length];
    Arrays.setAll(gains, i -> squared(people[i] - judge[i]) - squared(people[i] - forecasts[i]));
    double standardError = StandardDeviation.of(gains).getAsDouble() / Math.sqrt(gains.length);
    Agreement after = Agreement.of(people, forecasts, seed);
    boolean helps =
        Mean.of(gains).getAsDouble() > standardError
            && after.kappa().value() > Math.max(0, before.kappa().value())
            && after.mae().value() <= before.mae().value();
    return helps ? new Correction(IsotonicFit.of(byJudge, byPeople), after) : null;
  }

  private double[] alwaysTheMean() {
    double[] mean = new double[people.length];
    Arrays.fill(mean, Mean.of(people).getAsDouble());
    return mean;
  }

  /** What a straight line through scores by the logarithm of the length makes of each output. */
  private double[] byLength() {
    double[] lengths = lengths();
    double slope = Scores.slope(lengths, people);
    double atMean = Mean.of(people).getAsDouble() - slope * Mean.of(lengths).getAsDouble();
    return Arrays.stream(lengths).map(l -> Math.clamp(atMean + slope * l, 1, 10)).toArray();
  }

  private double[] lengths() {
    return judged.stream().mapToDouble(j -> Math.log1p(j.output().output().length())).toArray();
  }

  private List<Lineage> lineages() {
    Map<String, List<Judged>> byLineage =
        judged.stream()
            .collect(
                Collectors.groupingBy(
                    j -> j.output().lineage(), TreeMap::new, Collectors.toList()));
    List<Lineage> lineages = new ArrayList<>();
    byLineage.forEach(
        (name, outputs) ->
            lineages.add(
                new Lineage(
                    name,
                    outputs.size(),
                    Scores.spearman(people(outputs), judge(outputs)),
                    Scores.weightedKappa(people(outputs), judge(outputs)),
                    Scores.meanAbsoluteError(people(outputs), judge(outputs)))));
    return lineages;
  }

  private List<Band> bands() {
    List<Band> bands = new ArrayList<>();
    for (int[] band : BANDS) {
      List<Judged> within =
          judged.stream()
              .filter(j -> j.output().score() >= band[0] && j.output().score() <= band[1])
              .toList();
      if (!within.isEmpty()) {
        double[] errors =
            within.stream().mapToDouble(j -> j.score() - j.output().score()).toArray();
        bands.add(
            new Band(
                band[0],
                band[1],
                within.size(),
                Mean.of(people(within)).getAsDouble(),
                Mean.of(judge(within)).getAsDouble(),
                Mean.of(errors).getAsDouble(),
                interval(errors)));
      }
    }
    return bands;
  }

  private static @Nullable Interval interval(double[] errors) {
    int n = errors.length;
    if (n < 2) {
      return null;
    }
    double mean = Mean.of(errors).getAsDouble();
    double half =
        TDistribution.of(n - 1).inverseSurvivalProbability(0.025)
            * StandardDeviation.of(errors).getAsDouble()
            / Math.sqrt(n);
    return new Interval(mean - half, mean + half);
  }

  private @Nullable Repeatability repeatability() {
    double[] differences = differences();
    if (differences.length == 0) {
      return null;
    }
    double same = Arrays.stream(differences).filter(d -> d == 0).count();
    return new Repeatability(
        differences.length, same / differences.length, Mean.of(differences).getAsDouble());
  }

  /** Root mean square of the differences of outputs judged twice; 0 where there are none. */
  double noise() {
    return Math.sqrt(
        Arrays.stream(differences()).map(JudgeEvaluation::squared).average().orElse(0));
  }

  private double[] differences() {
    Map<String, Judged> first =
        judged.stream()
            .collect(Collectors.toMap(j -> j.output().id(), Function.identity(), (a, b) -> a));
    return again.stream()
        .mapToDouble(
            second ->
                Math.abs(second.score() - first.getOrDefault(second.output().id(), second).score()))
        .toArray();
  }

  private List<Judged> worst() {
    return judged.stream()
        .filter(j -> j.distance() > 0)
        .sorted(
            Comparator.comparingInt(Judged::distance)
                .reversed()
                .thenComparing(j -> j.output().id()))
        .limit(WORST)
        .toList();
  }

  private static Point point(Judged j) {
    return new Point(j.output().id(), j.output().lineage(), j.output().score(), j.score());
  }

  private static double[] people(List<Judged> outputs) {
    return outputs.stream().mapToDouble(j -> j.output().score()).toArray();
  }

  private static double[] judge(List<Judged> outputs) {
    return outputs.stream().mapToDouble(Judged::score).toArray();
  }

  private static double squared(double value) {
    return value * value;
  }
}
