package dev.lightningbridge.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lightningbridge.model.sandbox.SandboxDomain;
import dev.lightningbridge.model.sandbox.SandboxTruth;
import dev.lightningbridge.optimize.RunEvent;
import dev.lightningbridge.optimize.verdict.Verdict;
import dev.lightningbridge.runs.ending.RunResult;
import dev.lightningbridge.runs.request.OptimizeRequest;
import dev.lightningbridge.workshop.InstalledEngines;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GivenPromptTest {
  private static final String BEST =
      SandboxTruth.ofSeed(7).bestPrompt(SandboxDomain.TRIAGE) + "\nA person's own line.";

  @TempDir Path folder;

  private RunResult tested(RunLab lab, OptimizeRequest request) {
    return lab.optimization(new InstalledEngines(remark -> {}))
        .run(request, lab.events::add, lab.cancellation);
  }

  @Test
  void a_prompt_that_a_person_gave_is_tested_on_the_sealed_tasks_and_nothing_is_searched() {
    try (RunLab lab = new RunLab(folder, 40)) {
      OptimizeRequest request = lab.request().withCandidate(BEST);
      long estimated =
          lab.optimization(new InstalledEngines(remark -> {})).estimate(request).calls();
      RunResult result = tested(lab, request);

      assertThat(result.verdict()).isEqualTo(Verdict.Decision.PROMOTE);
      assertThat(result.prompt()).isEqualTo(BEST);
      assertThat(result.winner().validationScore()).isNull();
      assertThat(result.remarks())
          .anyMatch(remark -> remark.startsWith("A person gave the prompt"));
      assertThat(lab.runs.get(result.runId()).engine()).isEqualTo("given");
      assertThat(lab.events)
          .as("no rollout but those of the sealed test")
          .filteredOn(event -> event instanceof RunEvent.Critiqued)
          .isEmpty();
      assertThat(result.spent().calls()).isLessThanOrEqualTo(estimated);
      assertThat(estimated)
          .isLessThan(
              lab.optimization(new InstalledEngines(remark -> {})).estimate(lab.request()).calls()
                  / 2);
    }
  }

  @Test
  void the_current_prompt_itself_is_no_better_and_is_not_tested() {
    try (RunLab lab = new RunLab(folder, 40)) {
      String current = SandboxTruth.ofSeed(7).seedPrompt(SandboxDomain.TRIAGE);
      assertThat(tested(lab, lab.request().withCandidate(current)).verdict())
          .isEqualTo(Verdict.Decision.HOLD);
    }
  }

  @Test
  void one_that_is_too_long_is_refused_before_the_sealed_tasks_are_opened() {
    try (RunLab lab = new RunLab(folder, 40)) {
      OptimizeRequest request = lab.request().withCandidate("Sort the ticket. ".repeat(5_000));
      assertThatThrownBy(() -> tested(lab, request))
          .hasMessageContaining("LB-5003")
          .hasMessageContaining("--max-prompt-tokens");
    }
  }
}
