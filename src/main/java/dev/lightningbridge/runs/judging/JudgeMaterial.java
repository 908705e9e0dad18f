package dev.lightningbridge.runs.judging;

import dev.lightningbridge.common.Json;
import dev.lightningbridge.corpus.Corpus;
import dev.lightningbridge.dataset.TextHash;
import dev.lightningbridge.grading.JudgeGrader;
import dev.lightningbridge.grading.Rubric;
import dev.lightningbridge.grading.calibration.RubricExamples;
import dev.lightningbridge.grading.calibration.ScoredOutput;
import dev.lightningbridge.runs.models.CostModel;
import java.util.List;

/**
 * What a judge goes by and what it is tested on: all of it follows from the database, the seed and
 * the number of outputs.
 *
 * @param rubric without examples
 * @param scored outputs that people scored; some become the rubric's examples, the others its test
 * @param outputs how many were wanted at most; {@code scores} how many there are
 * @param seed chooses outputs and examples
 */
record JudgeMaterial(Rubric rubric, List<ScoredOutput> scored, int outputs, int scores, long seed) {
  /** Of scores of these sessions, the first of them the run's own. */
  static JudgeMaterial of(
      Corpus corpus, List<String> sessions, Rubric rubric, int outputs, long seed) {
    HumanScores scores = HumanScores.of(corpus, sessions, outputs, seed);
    return new JudgeMaterial(rubric, scores.chosen(), outputs, scores.all(), seed);
  }

  /** The rubric with its examples: what the judge is told, in its test and in the run. */
  Rubric shown() {
    return examples().in(rubric);
  }

  /** Outputs that the judge is not shown. */
  int heldOut() {
    return examples().heldOut().size();
  }

  /** About how many tokens the judge's instructions have. */
  long promptTokens() {
    return CostModel.tokens(JudgeGrader.instructions(shown()).length());
  }

  /** Of all that a calibration with this material depends on. */
  String fingerprint(String judge) {
    return TextHash.of(judge, JudgeGrader.instructions(shown()), Json.write(examples().heldOut()))
        .hex();
  }

  private RubricExamples examples() {
    return RubricExamples.choose(scored, seed);
  }
}
