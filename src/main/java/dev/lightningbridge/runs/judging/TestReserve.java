package dev.lightningbridge.runs.judging;

import dev.lightningbridge.agent.AgentCalls;
import dev.lightningbridge.agent.SystemPromptAgent;
import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.Figures;
import dev.lightningbridge.dataset.split.Split;
import dev.lightningbridge.model.Budget;
import dev.lightningbridge.model.ModelException;
import dev.lightningbridge.model.ModelRole;
import dev.lightningbridge.model.Spend;
import dev.lightningbridge.runs.RunPlan;
import dev.lightningbridge.runs.models.CostModel;
import dev.lightningbridge.runs.request.OptimizeRequest;
import dev.lightningbridge.runs.request.RunError;
import java.util.function.Supplier;

/**
 * The part of a run's budget that is kept back while the engine searches, so that a search that
 * uses up its budget still gets a verdict. It grows where calls turn out to cost more than was
 * thought.
 *
 * @param least what is kept back at the least
 * @param rollouts of the sealed test
 * @param judged whether each is one more call of a judge
 * @param calls how many calls the agent's rollouts make
 */
public record TestReserve(Spend least, int rollouts, boolean judged, AgentCalls calls) {
  /**
   * The sealed test, both prompts, with one call in ten to spare.
   *
   * @param judge tokens of the judge's instructions; 0 where a rule grades
   */
  static TestReserve of(
      OptimizeRequest request, RunPlan plan, Split split, long judge, AgentCalls agentCalls) {
    boolean judged = judge > 0;
    int rollouts = 2 * split.test().size();
    long calls = CostModel.withSpare(CostModel.sealedCalls(split.test().size(), judged));
    Integer maxTokens = plan.choice().baseline().model().maxTokens();
    int answer = maxTokens == null ? SystemPromptAgent.DEFAULT_MAX_TOKENS : maxTokens;
    double input =
        CostModel.tokens(
            split.test().stream().mapToInt(task -> task.input().length()).average().orElse(0));
    double prompt =
        CostModel.MOST_GROWTH
            * CostModel.tokens((double) plan.choice().baseline().systemPrompt().length());
    long promptTokens =
        Math.round(
            rollouts * (prompt + input + (judged ? judge + CostModel.MOST_JUDGED_OUTPUT : 0)));
    return new TestReserve(
        new Spend(
            calls,
            request.limits().tokens() == null ? 0 : promptTokens,
            request.limits().tokens() == null ? 0 : (long) rollouts * answer,
            request.limits().usd() == null ? 0 : request.limits().usd() * 0.2),
        rollouts,
        judged,
        agentCalls);
  }

  /** With what calls of the roles have cost on the average so far. */
  private Spend spend(Budget budget) {
    Spend agent = budget.average(ModelRole.WORKER, calls.of(rollouts));
    Spend test = judged ? agent.plus(budget.average(ModelRole.JUDGE, rollouts)) : agent;
    return least.atLeast(test.times(CostModel.SPARE));
  }

  /** What is kept back, as far as there are limits. */
  public String words(Budget budget) {
    Spend spend = spend(budget);
    StringBuilder words = new StringBuilder(Figures.counted(spend.calls(), "call"));
    if (least.tokens() > 0) {
      words.append(", ").append(Figures.counted(spend.tokens(), "token"));
    }
    if (least.usd() > 0) {
      words.append(", %s USD".formatted(Figures.usd(spend.usd())));
    }
    return words.toString();
  }

  /**
   * Keeps the reserve back while the search runs.
   *
   * @throws BridgeException where the whole budget does not even pay for the test
   */
  <T> T keepDuring(Budget budget, Supplier<T> search) {
    try (Budget.Kept kept = kept(budget)) {
      return search.get();
    }
  }

  private Budget.Kept kept(Budget budget) {
    try {
      return budget.keepBack(() -> spend(budget));
    } catch (ModelException e) {
      throw new BridgeException(
          RunError.BUDGET_TOO_SMALL,
          "the budget does not pay for the sealed test, which needs about " + words(budget),
          "--max-calls, --max-tokens, --max-usd",
          "Raise the limit; the search comes on top.",
          e);
    }
  }
}
