package dev.lightningbridge.optimize.verdict;

import dev.lightningbridge.common.Interval;
import org.apache.commons.statistics.distribution.BetaDistribution;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.apache.commons.statistics.inference.AlternativeHypothesis;
import org.apache.commons.statistics.inference.BinomialTest;

/**
 * People's blind choices between the outputs of two prompts, by the exact sign test: were both
 * equally good, each choice would be as likely for either, so that p is the binomial probability of
 * so many choices for the new prompt, or more, among all that were made. Ties are no choices (Dixon
 * and Mood, 1946).
 *
 * @param better pairs in which the new prompt's output was chosen; {@code worse} the current one's
 * @param ties pairs of which neither was
 * @param p one-sided
 * @param level that p must not be above
 */
public record PeopleChoices(int better, int worse, int ties, double p, double level) {
  /**
   * Tests choices that were made.
   *
   * @param level one-sided
   */
  public static PeopleChoices of(int better, int worse, int ties, double level) {
    int choices = better + worse;
    double p =
        choices == 0
            ? 1
            : BinomialTest.withDefaults()
                .with(AlternativeHypothesis.GREATER_THAN)
                .test(choices, better, 0.5)
                .getPValue();
    return new PeopleChoices(better, worse, ties, p, level);
  }

  /** Whether people prefer the new prompt, and not by chance. */
  public boolean passed() {
    return p <= level;
  }

  /** All pairs. */
  public int pairs() {
    return better + worse + ties;
  }

  /**
   * The share of choices for the new prompt that the choices do not speak against (Clopper and
   * Pearson, 1934): above a half if and only if the test is passed.
   */
  public Interval share() {
    double low =
        better == 0
            ? 0
            : BetaDistribution.of(better, worse + 1.0).inverseCumulativeProbability(level);
    double high =
        worse == 0 ? 1 : BetaDistribution.of(better + 1.0, worse).inverseSurvivalProbability(level);
    return new Interval(low, high);
  }

  /** How many choices of so many must be for the new prompt; more than all where none suffices. */
  public static int needed(int choices, double level) {
    int needed = choices + 1;
    while (needed > 0 && of(needed - 1, choices - needed + 1, 0, level).passed()) {
      needed--;
    }
    return needed;
  }

  /**
   * The probability of passing the test.
   *
   * @param share of the choices for the new prompt, in the long run
   */
  public static double power(int choices, double share, double level) {
    int needed = needed(choices, level);
    return needed > choices
        ? 0
        : BinomialDistribution.of(choices, share).survivalProbability(needed - 1);
  }
}
