package dev.lightningbridge.grading.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ScoresTest {
  @Example
  void figures_as_worked_out_by_hand() {
    double[] people = {1, 2, 3, 4};
    double[] judge = {2, 1, 4, 3};

    // ranks 1234 and 2143: 1 − 6·4 / (4·15)
    assertThat(Scores.spearman(people, judge)).isCloseTo(0.6, within(1e-12));
    // covariance .75, variances 1.25: 2·.75 / 2.5
    assertThat(Scores.weightedKappa(people, judge)).isCloseTo(0.6, within(1e-12));
    assertThat(Scores.weightedKappa(people, new double[] {3, 4, 5, 6}))
        .isCloseTo(2.5 / 6.5, within(1e-12));
    assertThat(Scores.meanAbsoluteError(people, judge)).isOne();
  }

  @Example
  void scores_that_never_differ_agree_with_nothing() {
    double[] same = {5, 5, 5};

    assertThat(Scores.spearman(same, new double[] {1, 2, 3})).isZero();
    assertThat(Scores.weightedKappa(same, same)).isZero();
    assertThat(Scores.slope(same, new double[] {1, 2, 3})).isZero();
  }

  @Property
  void the_closed_form_of_kappa_is_that_of_the_table_of_counts(
      @ForAll("scores") List<List<Integer>> pairs) {
    double n = pairs.size();
    double observed = 0;
    double expected = 0;
    for (List<Integer> a : pairs) {
      observed += Math.pow(a.get(0) - a.get(1), 2) / n;
      for (List<Integer> b : pairs) {
        expected += Math.pow(a.get(0) - b.get(1), 2) / (n * n);
      }
    }
    double kappa = expected == 0 ? 0 : 1 - observed / expected;

    assertThat(
            Scores.weightedKappa(
                pairs.stream().mapToDouble(p -> p.get(0)).toArray(),
                pairs.stream().mapToDouble(p -> p.get(1)).toArray()))
        .isCloseTo(kappa, within(1e-9));
  }

  @Provide
  Arbitrary<List<List<Integer>>> scores() {
    return Arbitraries.integers().between(1, 10).list().ofSize(2).list().ofMinSize(1).ofMaxSize(40);
  }
}
