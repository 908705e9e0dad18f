package dev.lightningbridge.runs;

import dev.lightningbridge.grading.calibration.JudgeCalibration;
import dev.lightningbridge.model.ModelRole;
import org.jspecify.annotations.Nullable;

/**
 * About what a test of a judge will call and cost.
 *
 * @param scores that people gave; {@code outputs} that it is tested on, some of them twice
 * @param usd null where the judge's price is not known; 0 for the simulated model
 */
public record JudgeEstimate(
    int scores, int outputs, long calls, long tokens, @Nullable Double usd) {
  static JudgeEstimate of(JudgeRequest request, String agentModel, JudgeMaterial material) {
    long calls = JudgeCalibration.judgements(material.heldOut());
    double output =
        material.scored().stream()
            .mapToInt(scored -> RunEstimate.tokens(scored.output().length()))
            .average()
            .orElse(0);
    EstimatedCosts costs = new EstimatedCosts(request.models(), agentModel);
    costs.add(ModelRole.JUDGE, calls, material.promptTokens() + output, RunEstimate.VERDICT);
    return new JudgeEstimate(
        material.scores(), material.heldOut(), calls, costs.tokens(), costs.usd());
  }
}
