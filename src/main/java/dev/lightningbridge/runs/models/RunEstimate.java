package dev.lightningbridge.runs.models;

import dev.lightningbridge.grading.GradedBy;
import dev.lightningbridge.runs.ledger.TestOpening;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * About what a run will call and cost if nothing ends it early, known before its first call. Inputs
 * that the model is to write count as if it had written them.
 *
 * @param train training tasks; {@code validation} and {@code test}, the sealed ones, likewise
 * @param missing how many inputs a split lacks: where it is not 0, nothing is called
 * @param judged whether a judge grades; its own test is among the calls
 * @param usd null where the price of one of the models is not known; 0 for the simulated model
 * @param judgeTest the part of it that holds the judge against people
 * @param sealedTest the part of it that compares on the sealed tasks
 * @param endpointCheck the part of it that tries each model of each endpoint before anything else
 * @param training what will be trained; null where a prompt is searched for
 * @param atLeast whether it may be more: one call a rollout is counted, and the agent is a program
 *     that makes its calls itself
 * @param opening which test of the lineage the sealed test would be, and at which level; null where
 *     inputs lack
 * @param externalGrades null where no grader outside of this program grades
 */
public record RunEstimate(
    int train,
    int validation,
    int test,
    int missing,
    boolean judged,
    long calls,
    long tokens,
    @Nullable Double usd,
    Part judgeTest,
    Part sealedTest,
    Part endpointCheck,
    @Nullable Training training,
    boolean atLeast,
    @Nullable TestOpening opening,
    @Nullable ExternalGrades externalGrades) {
  /** Of a run that lacks inputs, and calls nothing. */
  public static RunEstimate lacking(
      int missing, GradedBy by, @Nullable Training training, boolean atLeast) {
    return new RunEstimate(
        0,
        0,
        0,
        missing,
        by instanceof GradedBy.Judge,
        0,
        0,
        0.0,
        Part.NONE,
        Part.NONE,
        Part.NONE,
        training,
        atLeast,
        null,
        ExternalGrades.of(by, 0));
  }

  /**
   * Calls and what they cost.
   *
   * @param usd null where a price is not known
   */
  public record Part(long calls, long tokens, @Nullable Double usd) {
    static final Part NONE = new Part(0, 0, 0.0);
  }

  /**
   * A training, which itself calls no model through the gateway.
   *
   * @param examples that there are to learn from; null for RL, which has none
   * @param needed where there are fewer, nothing is trained
   * @param steps of the optimiser
   * @param measured whether anything can grade the trained model; else it is kept and held
   */
  public record Training(@Nullable Long examples, int needed, int steps, boolean measured) {
    /** Whether there are too few examples to train on. */
    public boolean tooFew() {
      return examples != null && examples < needed;
    }
  }

  /**
   * What a grader outside of this program is asked for; it is not known what that costs.
   *
   * @param grader its name
   */
  public record ExternalGrades(String grader, long grades) {
    public static @Nullable ExternalGrades of(GradedBy by, long grades) {
      return by instanceof GradedBy.External external
          ? new ExternalGrades(external.grader().name(), grades)
          : null;
    }
  }

  /** Which test the sealed one would be, and what it has to pass; empty where inputs lack. */
  public Optional<String> testInWords() {
    return opening == null ? Optional.empty() : Optional.of(opening.wouldBe(test));
  }
}
