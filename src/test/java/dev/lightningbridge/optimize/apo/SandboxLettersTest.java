package dev.lightningbridge.optimize.apo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lightningbridge.common.Cancellation;
import dev.lightningbridge.dataset.Message;
import dev.lightningbridge.dataset.Outcome;
import dev.lightningbridge.dataset.Rollout;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.dataset.TaskSource;
import dev.lightningbridge.model.ChatRequest;
import dev.lightningbridge.model.ModelException;
import dev.lightningbridge.model.ModelRole;
import dev.lightningbridge.model.sandbox.SandboxDomain;
import dev.lightningbridge.model.sandbox.SandboxModel;
import dev.lightningbridge.model.sandbox.SandboxTruth;
import dev.lightningbridge.optimize.ApoSettings;
import dev.lightningbridge.optimize.OptimizationJob;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The simulated critic and editor understand the Java engine's letters. */
class SandboxLettersTest {
  private static final SandboxTruth TRUTH = SandboxTruth.ofSeed(7);
  private static final String PROMPT = TRUTH.seedPrompt(SandboxDomain.TRIAGE);

  private final SandboxModel model = SandboxModel.ofSeed(7);

  @Test
  void an_edit_is_the_prompt_with_more_in_it_and_nothing_of_the_letter() throws Exception {
    List<Rollout> runs = runs();
    Candidate candidate = new Candidate("v0", PROMPT);
    Briefing.Tried tried =
        new Briefing.Tried(
            "- Sign every answer.",
            "- Answer in JSON.\n+ Sign every answer.",
            new Lead(candidate, 8, 4, -0.2, 0.1),
            4,
            1,
            runs.subList(0, 1));
    int longer = 0;
    try (CallPool pool = new CallPool(4, 1_000, new Cancellation())) {
      Reviser reviser = new Reviser(model, 1, pool, event -> {}, new Briefing(job()), false);
      Choices choices = Choices.by(new SplittableRandom(1));
      for (int i = 0; i < runs.size(); i++) {
        List<Rollout> shown = runs.subList(0, i + 1);
        List<Reviser.Critique> critiques =
            reviser.critiques(
                List.of(
                    new Reviser.Order(
                        candidate, Experiment.of(shown, List.of()), shown, List.of(tried))),
                choices,
                1);
        assertThat(critiques).hasSize(1);
        for (Reviser.Revision revision : reviser.revisions(critiques, choices)) {
          assertThat(revision.prompt())
              .startsWith(PROMPT.lines().findFirst().orElseThrow())
              .doesNotContain("How the agent is called", "Runs that went wrong", "Reward:");
          longer += revision.prompt().length() > PROMPT.length() ? 1 : 0;
        }
      }
    }
    assertThat(longer).isGreaterThan(runs.size() / 2);
  }

  private static OptimizationJob job() {
    return new OptimizationJob(
        "run", PROMPT, List.of(), List.of(), List.of(), ApoSettings.DEFAULT, 1);
  }

  private List<Rollout> runs() throws ModelException {
    List<Rollout> runs = new ArrayList<>();
    for (String input : TRUTH.inputs(SandboxDomain.TRIAGE, 8)) {
      String output =
          model.complete(ChatRequest.of(ModelRole.WORKER, "m", PROMPT, input, 0.7)).text();
      Task task = new Task(input, input, null, List.of(), null, TaskSource.PROVIDED);
      runs.add(
          new Rollout(
              task,
              PROMPT,
              List.of(
                  new Message("system", PROMPT),
                  new Message("user", input),
                  new Message("assistant", output)),
              output,
              new Outcome.Rewarded(Math.min(0.9, TRUTH.trueReward(input, output)), "")));
    }
    return runs;
  }
}
