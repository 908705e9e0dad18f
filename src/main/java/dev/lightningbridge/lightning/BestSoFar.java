package dev.lightningbridge.lightning;

import dev.lightningbridge.optimize.OptimizationResult;
import dev.lightningbridge.optimize.OptimizationResult.StopReason;
import dev.lightningbridge.optimize.RunEvent;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** The best prompt by the events seen, for a worker that could not tell it itself. */
final class BestSoFar {
  private final Map<String, String> prompts = new HashMap<>();
  private String prompt;
  private double score = Double.NaN;

  BestSoFar(String seedPrompt) {
    this.prompt = seedPrompt;
    prompts.put("v0", seedPrompt);
  }

  void see(RunEvent event) {
    if (event instanceof RunEvent.CandidateMade made) {
      prompts.put(made.candidate(), made.prompt());
    } else if (event instanceof RunEvent.BestChanged changed) {
      prompt = Objects.requireNonNull(prompts.get(changed.candidate()), "an unknown candidate");
      score = changed.score();
    }
  }

  OptimizationResult as(StopReason reason) {
    return new OptimizationResult(prompt, score, reason);
  }
}
