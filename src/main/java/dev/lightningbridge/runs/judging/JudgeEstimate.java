package dev.lightningbridge.runs.judging;

import dev.lightningbridge.model.ModelRole;
import dev.lightningbridge.runs.models.CostModel;
import dev.lightningbridge.runs.models.EndpointCheck;
import dev.lightningbridge.runs.models.EstimatedCosts;
import dev.lightningbridge.runs.models.RunEstimate;
import java.util.EnumSet;
import org.jspecify.annotations.Nullable;

/**
 * About what a test of a judge will call and cost, the call that tries its endpoint among it.
 *
 * @param scores that people gave; {@code outputs} that it is tested on, some of them twice
 * @param usd null where the judge's price is not known; 0 for the simulated model
 */
public record JudgeEstimate(
    int scores, int outputs, long calls, long tokens, @Nullable Double usd) {
  static JudgeEstimate of(JudgeRequest request, String agentModel, JudgeMaterial material) {
    long judgements = material.judgements();
    RunEstimate.Part check =
        EndpointCheck.costs(request.models(), agentModel, EnumSet.of(ModelRole.JUDGE));
    double output =
        material.scored().stream()
            .mapToInt(scored -> CostModel.tokens(scored.output().length()))
            .average()
            .orElse(0);
    EstimatedCosts costs = new EstimatedCosts(request.models(), agentModel);
    costs.add(check);
    costs.add(ModelRole.JUDGE, judgements, material.promptTokens() + output, CostModel.VERDICT);
    return new JudgeEstimate(
        material.scores(),
        material.heldOut(),
        check.calls() + judgements,
        costs.tokens(),
        costs.usd());
  }
}
