package dev.lightningbridge.runs.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lightningbridge.common.Json;
import dev.lightningbridge.grading.ExternalGrader;
import dev.lightningbridge.model.sandbox.SandboxDomain;
import dev.lightningbridge.optimize.PromptOptimizer;
import dev.lightningbridge.optimize.PromptRules;
import dev.lightningbridge.optimize.RunEvent;
import dev.lightningbridge.optimize.verdict.Verdict.Decision;
import dev.lightningbridge.runs.RunLab;
import dev.lightningbridge.runs.ending.RunResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where there is nothing to gain or to learn, no critic is asked. */
class StartCheckTest {
  private static final String BEST = RunLab.TRUTH.bestPrompt(SandboxDomain.TRIAGE);

  @TempDir private Path folder;
  private final AtomicInteger searches = new AtomicInteger();

  @Test
  void a_start_that_gets_the_full_reward_on_all_tasks_ends_the_run_before_the_engine_starts()
      throws IOException {
    try (RunLab lab = new RunLab(folder, 40)) {
      lab.externalGrader = grader("echo '{\"reward\": 1}'");
      RunResult result = lab.run(searching(lab), lab.request());
      int searched = result.tasks().train() + result.tasks().validation();
      assertThat(result.verdict()).isEqualTo(Decision.HOLD);
      assertThat(result.reason())
          .isEqualTo(
              "Nothing to gain: the current prompt gets the full reward on all of the %d tasks"
                      .formatted(searched)
                  + " that it was run on.");
      assertThat(result.calls()).isEqualTo(searched);
      assertThat(result.proposalId()).isNull();
      assertThat(result.test()).isNull();
      assertThat(searches).hasValue(0);
      assertThat(Files.readString(Path.of(result.report()))).contains("Nothing to gain");
    }
  }

  @Test
  void a_start_without_any_reward_shows_an_output_and_is_held_where_nobody_can_be_asked() {
    try (RunLab lab = new RunLab(folder, 40)) {
      lab.externalGrader = grader("echo '{\"reward\": 0, \"note\": \"No JSON.\"}'");
      RunResult result = lab.run(searching(lab), lab.request());
      assertThat(result.verdict()).isEqualTo(Decision.HOLD);
      assertThat(result.reason()).startsWith("Nothing to learn from: the current prompt gets no");
      assertThat(result.remarks())
          .anyMatch(remark -> remark.matches("On task .+ it answers: .+"))
          .contains("Why: No JSON.")
          .last()
          .asString()
          .contains("--go-on-at-zero");
      assertThat(searches).hasValue(0);
    }
  }

  @Test
  void it_goes_on_where_that_was_asked_for() {
    try (RunLab lab = new RunLab(folder, 40)) {
      lab.externalGrader = grader("echo '{\"reward\": 0}'");
      lab.run(searching(lab), lab.request().withRules(new PromptRules(List.of(), null, true)));
      assertThat(searches).hasValue(1);
    }
  }

  @Test
  void it_goes_on_where_somebody_agrees_and_a_resumed_run_does_not_ask_again() {
    try (RunLab lab = new RunLab(folder, 40)) {
      lab.externalGrader = grader("echo '{\"reward\": 0}'");
      PromptOptimizer broken =
          RunLab.engine(
              (job, context) -> {
                throw new IllegalStateException("the disk is gone");
              });
      assertThatThrownBy(
              () -> lab.optimization(broken).run(lab.request(), new Agreeing(), lab.cancellation))
          .hasMessage("the disk is gone");
      lab.resume(searching(lab), lab.runs.newest(1).get(0).id());
      assertThat(searches).hasValue(1);
    }
  }

  @Test
  void any_other_start_costs_few_calls_and_none_of_them_is_made_twice() throws IOException {
    try (RunLab lab = new RunLab(folder, 40)) {
      Path asked = folder.resolve("asked");
      lab.externalGrader =
          grader(
              "asked=$(cat); printf '%%s\\n' \"$asked\" >> %s; echo '{\"reward\": 0.5}'"
                  .formatted(asked));
      RunResult result = lab.run(searching(lab), lab.request());
      assertThat(searches).hasValue(1);
      assertThat(Files.readAllLines(asked)).doesNotHaveDuplicates();
      assertThat(result.test()).isNotNull();
    }
  }

  private static ExternalGrader grader(String script) {
    return ExternalGrader.Command.of("mine", Json.write(List.of("sh", "-c", script)), 60);
  }

  private PromptOptimizer searching(RunLab lab) {
    PromptOptimizer finding = lab.finding(BEST);
    return RunLab.engine(
        (job, context) -> {
          searches.incrementAndGet();
          return finding.optimize(job, context);
        });
  }

  private static final class Agreeing implements RunEvent.Listener {
    @Override
    public void on(RunEvent event) {}

    @Override
    public boolean goesOn(RunEvent.StartAtZero start) {
      return true;
    }
  }
}
