package dev.lightningbridge.optimize.verdict;

import dev.lightningbridge.common.Interval;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * The mean difference between two prompts as people see it, where people have compared the outputs
 * on a few of the sealed tasks, drawn at random, and a judge those on all of them: people's
 * differences correct the judge, whose own bias so counts for nothing, and the judge's on the other
 * tasks make the estimate less uncertain (prediction-powered inference, Angelopoulos et al., 2023,
 * Science 382, 669). It is
 *
 * <p>mean(people − w · judge, on the tasks that people compared) + w · mean(judge, on the others),
 *
 * <p>with the weight w that makes its variance least (PPI++, Angelopoulos, Duchi and Zrnic, 2023,
 * arXiv:2311.01453), 0 to 1. A judge that says nothing of people's opinion has a weight of about 0,
 * and where it is 0, or people have compared all, this is the {@link SignFlips} of people's
 * differences.
 *
 * <p>The test flips signs too, in place of the normal approximation of both papers, which is too
 * sure of itself with so few and so coarse differences: under equal prompts people's difference on
 * a task, together with how far the judge's is from the judge's mean, is as likely with the other
 * signs. The weight is made of squares and products of these, so that no flip changes it. What is
 * approximate is that the judge's mean over all tasks stands for its bias.
 *
 * @param compared tasks that people have compared
 * @param tasks all of them
 * @param difference the estimate, −1 to 1
 * @param weight of the judge, 0 to 1
 * @param ci all differences that the test does not speak against: above 0 if and only if the test
 *     is passed
 * @param p one-sided
 * @param level that p must not be above
 */
public record PeopleWithJudge(
    int compared,
    int tasks,
    double difference,
    double weight,
    Interval ci,
    double p,
    double level) {
  private static final double NEAR_ENOUGH = 1.0 / 4096;

  /**
   * Compares.
   *
   * @param people the differences, −1 to 1, on the first tasks; at least one
   * @param judge the judge's on all tasks, in the same order; tasks beyond the first are at random
   *     others
   * @param level of the test, one-sided
   * @param seed of the patterns drawn, where they are drawn
   */
  public static PeopleWithJudge of(double[] people, double[] judge, double level, long seed) {
    if (people.length == 0 || people.length > judge.length) {
      throw new IllegalArgumentException(
          "people compared %d of %d tasks".formatted(people.length, judge.length));
    }
    Sample sample = new Sample(people, judge);
    Sample turned = new Sample(negative(people), negative(judge));
    double low = low(mean -> sample.pValue(mean, level, seed), level);
    double high = 0 - low(mean -> turned.pValue(mean, level, seed), level);
    return new PeopleWithJudge(
        people.length,
        judge.length,
        sample.difference(),
        sample.weight(0),
        new Interval(low, Math.max(low, high)),
        sample.pValue(0, level, seed),
        level);
  }

  /** The p-value alone, which takes the least work. */
  public static double pValue(double[] people, double[] judge, double level, long seed) {
    return new Sample(people, judge).pValue(0, level, seed);
  }

  /** Whether people see the winner as better, and not by chance. */
  public boolean passed() {
    return p <= level;
  }

  private static double[] negative(double[] values) {
    return Arrays.stream(values).map(v -> 0 - v).toArray();
  }

  /** The least mean difference that is not spoken against. */
  private static double low(DoubleUnaryOperator pValue, double level) {
    boolean passed = pValue.applyAsDouble(0) <= level;
    if (!passed && pValue.applyAsDouble(-1) > level) {
      return -1;
    }
    double against = passed ? 0 : -1;
    double borne = passed ? 1 : 0;
    while (borne - against > NEAR_ENOUGH) {
      double middle = (against + borne) / 2;
      if (pValue.applyAsDouble(middle) <= level) {
        against = middle;
      } else {
        borne = middle;
      }
    }
    return borne;
  }

  /** What was seen. */
  private static final class Sample {
    private final double[] people;

    /** The judge's differences, less their mean over all tasks. */
    private final double[] judged;

    Sample(double[] people, double[] judge) {
      double mean = Arrays.stream(judge).average().orElseThrow();
      this.people = people;
      this.judged = Arrays.stream(judge).map(j -> j - mean).toArray();
    }

    private int others() {
      return judged.length - people.length;
    }

    /** The weight, were this people's mean difference. */
    double weight(double mean) {
      double together = 0;
      for (int i = 0; i < people.length; i++) {
        together += (people[i] - mean) * judged[i];
      }
      double squares = Arrays.stream(judged).map(j -> j * j).sum();
      if (!(squares > 0)) {
        return 0;
      }
      double slope = together / people.length / (squares / judged.length);
      return Math.clamp(slope * others() / judged.length, 0, 1);
    }

    double difference() {
      return Math.clamp(Arrays.stream(terms(0)).sum() / people.length, -1, 1);
    }

    double pValue(double mean, double level, long seed) {
      return SignFlips.pValue(terms(mean), level, seed);
    }

    /** What adds up to the estimate, less the mean supposed, times the tasks that people saw. */
    private double[] terms(double mean) {
      double weight = weight(mean);
      double[] terms = new double[judged.length];
      for (int i = 0; i < terms.length; i++) {
        terms[i] =
            i < people.length
                ? people[i] - mean - weight * judged[i]
                : weight * judged[i] * people.length / others();
      }
      return terms;
    }
  }
}
