package dev.lightningbridge.runs.judging;

import dev.lightningbridge.common.Json;
import dev.lightningbridge.corpus.Corpus;
import dev.lightningbridge.dataset.TextHash;
import dev.lightningbridge.grading.JudgeGrader;
import dev.lightningbridge.grading.Rubric;
import dev.lightningbridge.grading.calibration.ChosenPair;
import dev.lightningbridge.grading.calibration.JudgeCalibration;
import dev.lightningbridge.grading.calibration.RubricExamples;
import dev.lightningbridge.grading.calibration.ScoredOutput;
import dev.lightningbridge.grading.calibration.TrustPolicy;
import dev.lightningbridge.runs.models.CostModel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a judge goes by and what it is tested on: all of it follows from the database, the seed, the
 * number of outputs and what is sealed.
 *
 * @param rubric without examples
 * @param scored outputs that people scored; some become the rubric's examples, the others its test
 * @param pairs of outputs that people preferred one of, one a task
 * @param outputs how many were wanted at most; {@code scores} how many there are
 * @param seed chooses outputs and examples
 */
record JudgeMaterial(
    Rubric rubric,
    List<ScoredOutput> scored,
    List<ChosenPair> pairs,
    int outputs,
    int scores,
    long seed) {
  /** What an earlier version kept has no pairs. */
  JudgeMaterial(
      Rubric rubric,
      List<ScoredOutput> scored,
      @Nullable List<ChosenPair> pairs,
      int outputs,
      int scores,
      long seed) {
    this.rubric = rubric;
    this.scored = scored;
    this.pairs = pairs == null ? List.of() : pairs;
    this.outputs = outputs;
    this.scores = scores;
    this.seed = seed;
  }

  /**
   * Of scores and choices of these sessions, the first of them the run's own. Where scores are too
   * few for a test, pairs of scores count as choices; else choices can only speak against the
   * judge, and a few of them are enough.
   */
  static JudgeMaterial of(
      Corpus corpus,
      List<String> sessions,
      Rubric rubric,
      SealedTasks sealed,
      int outputs,
      long seed) {
    HumanScores scores = HumanScores.of(corpus, sessions, outputs, seed);
    RubricExamples examples = RubricExamples.choose(scores.chosen(), seed);
    boolean few = examples.heldOut().size() < TrustPolicy.FEWEST_OUTPUTS;
    List<ChosenPair> pairs =
        ChoicePairs.of(
            corpus,
            sessions,
            few ? examples.heldOut() : List.of(),
            examples.shown(),
            sealed,
            Math.max(TrustPolicy.FEWEST_CHOICES, outputs / (few ? 2 : 8)));
    return new JudgeMaterial(rubric, scores.chosen(), pairs, outputs, scores.all(), seed);
  }

  /** The rubric with its examples: what the judge is told, in its test and in the run. */
  Rubric shown() {
    return examples().in(rubric);
  }

  /** Outputs that the judge is not shown. */
  int heldOut() {
    return examples().heldOut().size();
  }

  /** Whether a judge can be tested on it. */
  boolean isEnough() {
    return TrustPolicy.isEnough(heldOut(), pairs.size());
  }

  /** How many judgements the test makes at most. */
  int judgements() {
    return JudgeCalibration.judgements(examples().heldOut(), pairs);
  }

  /** About how many tokens the judge's instructions have. */
  long promptTokens() {
    return CostModel.tokens(JudgeGrader.instructions(shown()).length());
  }

  /** Of all that a calibration with this material depends on. */
  String fingerprint(String judge) {
    String heldOut = Json.write(examples().heldOut());
    return TextHash.of(
            judge,
            JudgeGrader.instructions(shown()),
            pairs.isEmpty() ? heldOut : heldOut + Json.write(pairs))
        .hex();
  }

  private RubricExamples examples() {
    return RubricExamples.choose(scored, seed);
  }
}
