package dev.lightningbridge.optimize;

import dev.lightningbridge.common.BridgeException;
import java.util.List;

/** No search: a prompt that a person wrote is what the sealed test is about. */
public final class GivenPrompt implements PromptOptimizer {
  private final String prompt;

  public GivenPrompt(String prompt) {
    this.prompt = prompt;
  }

  @Override
  public String name() {
    return "given";
  }

  /**
   * The prompt, measured on nothing.
   *
   * @throws BridgeException LB-5003 where it may not be run: it lost a place of the current one or
   *     a line to keep, or it is too long
   */
  @Override
  public OptimizationResult optimize(OptimizationJob job, Context context) {
    job.guard()
        .fault(prompt)
        .ifPresent(
            fault -> {
              throw new BridgeException(
                  OptimizeError.PROMPT_UNFIT,
                  "the given prompt cannot be tested: " + fault,
                  "candidate",
                  "Put it back, or change what must stay.");
            });
    if (!prompt.equals(job.seedPrompt())) {
      context.events().on(new RunEvent.CandidateMade("v1", "v0", 1, prompt, null));
    }
    return new OptimizationResult(
        prompt,
        Double.NaN,
        OptimizationResult.StopReason.FINISHED,
        List.of(
            "A person gave the prompt that was tested; nothing was searched. Whoever has read"
                + " earlier results of these sealed tasks may have written it for them."));
  }
}
