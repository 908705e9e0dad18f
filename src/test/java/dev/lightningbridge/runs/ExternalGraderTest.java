package dev.lightningbridge.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.dataset.Outcome;
import dev.lightningbridge.dataset.Rollout;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.grading.ExternalGrader;
import dev.lightningbridge.model.ModelException;
import dev.lightningbridge.model.sandbox.SandboxDomain;
import dev.lightningbridge.optimize.OptimizeError;
import dev.lightningbridge.optimize.PromptOptimizer;
import dev.lightningbridge.optimize.RunEvent;
import dev.lightningbridge.optimize.verdict.RolloutCounts;
import dev.lightningbridge.optimize.verdict.Verdict.Decision;
import dev.lightningbridge.runs.ending.RunResult;
import dev.lightningbridge.runs.nights.NamedGraders;
import dev.lightningbridge.runs.request.OptimizeRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs whose grader is a program. */
@Timeout(120)
class ExternalGraderTest {
  private static final String BEST = RunLab.TRUTH.bestPrompt(SandboxDomain.TRIAGE);

  @TempDir Path folder;

  /** Notes what it is asked, and rewards JSON. */
  private ExternalGrader rewardsJson() {
    return shell(
        """
        asked=$(cat); printf '%%s\\n' "$asked" >> %s
        case "$asked" in
          *'"output":"{'*) echo '{"reward": 0.9, "note": "It is JSON."}';;
          *) echo '{"reward": 0.2, "note": "It should be JSON."}';;
        esac
        """
            .formatted(asked()));
  }

  private static ExternalGrader shell(String script) {
    return ExternalGrader.Command.of("mine", Json.write(List.of("sh", "-c", script)), 60);
  }

  private Path asked() {
    return folder.resolve("asked");
  }

  @Test
  void a_verdict_rests_on_its_rewards_and_names_it_and_no_judge_is_asked() throws IOException {
    try (RunLab lab = new RunLab(folder, 40)) {
      lab.externalGrader = rewardsJson();

      RunResult result = lab.run(lab.finding(BEST), lab.request());

      assertThat(result.verdict()).isEqualTo(Decision.PROMOTE);
      assertThat(result.grader()).isEqualTo("mine");
      assertThat(result.judge()).isNull();
      assertThat(result.test().baselineMean()).isBetween(0.2, 0.9);
      assertThat(result.remarks())
          .contains("The rewards are those of the grader \"mine\", outside of this program.");
      assertThat(result.calls())
          .as("each is an output of the agent")
          .isEqualTo(Files.readAllLines(asked()).size());
      assertThat(Files.readString(Path.of(result.report()))).contains("mine");
    }
  }

  @Test
  void a_resumed_run_asks_for_no_grade_twice() throws IOException {
    try (RunLab lab = new RunLab(folder, 40)) {
      lab.externalGrader = rewardsJson();
      PromptOptimizer finds = lab.finding(BEST);
      PromptOptimizer broken =
          RunLab.engine(
              (job, context) -> {
                finds.optimize(job, context);
                throw new IllegalStateException("the disk is gone");
              });
      assertThatThrownBy(() -> lab.run(broken, lab.request())).hasMessage("the disk is gone");
      int before = Files.readAllLines(asked()).size();

      RunResult result = lab.resume(finds, lab.runs.newest(1).get(0).id());

      assertThat(result.verdict()).isEqualTo(Decision.PROMOTE);
      assertThat(Files.readAllLines(asked()))
          .hasSizeGreaterThan(before)
          .hasSize((int) result.calls())
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void a_server_that_may_not_ask_it_does_not_resume_the_run() throws IOException {
    try (RunLab lab = new RunLab(folder, 40)) {
      lab.externalGrader = rewardsJson();
      PromptOptimizer broken =
          RunLab.engine(
              (job, context) -> {
                throw new IllegalStateException("the disk is gone");
              });
      assertThatThrownBy(() -> lab.run(broken, lab.request())).hasMessage("the disk is gone");
      Files.delete(asked());
      lab.guard =
          new CampGuard() {
            @Override
            public void check(Path camp) {}

            @Override
            public void check(ExternalGrader grader) {
              NamedGraders.NONE.check(grader);
            }
          };

      assertThatThrownBy(() -> lab.resume(lab.finding(BEST), lab.runs.newest(1).get(0).id()))
          .hasMessageContaining("not configured for the grader \"mine\"");
      assertThat(asked()).doesNotExist();
    }
  }

  @Test
  void a_grader_that_always_breaks_ends_the_run_with_its_cause() {
    try (RunLab lab = new RunLab(folder, 40)) {
      lab.externalGrader = shell("echo no licence >&2; exit 3");

      assertThatThrownBy(() -> lab.run(lab.finding(BEST), lab.request()))
          .isInstanceOfSatisfying(
              BridgeException.class,
              e -> {
                assertThat(e.code()).isEqualTo(OptimizeError.TOO_MANY_FAILURES);
                assertThat(e.what())
                    .endsWith("the grader \"mine\" ended with status 3: no licence");
                assertThat(e.where()).isEqualTo("the run, the grader");
                assertThat(e.remedy())
                    .contains("Run the grader by itself")
                    .contains("`runs resume`");
              });
      assertThat(lab.runs.newest(1).get(0).state()).isEqualTo(RunState.FAILED);
    }
  }

  @Test
  void an_output_without_a_grade_is_left_out_and_counted_and_no_zero() {
    try (RunLab lab = new RunLab(folder, 40)) {
      lab.externalGrader = shell("echo '{\"reward\": 2}'");
      List<Rollout> seen = new ArrayList<>();

      lab.run(
          RunLab.engine(
              (job, context) -> {
                seen.add(rollout(job.seedPrompt(), job.train().getFirst(), context));
                lab.cancellation.request();
                throw new java.util.concurrent.CancellationException();
              }),
          lab.request());

      Rollout rollout = seen.getFirst();
      assertThat(rollout.outcome()).isInstanceOf(Outcome.InfrastructureFailed.class);
      assertThat(rollout.reward()).isEmpty();
      RolloutCounts counts = RolloutCounts.of(seen);
      assertThat(counts.ungraded()).isOne();
      assertThat(counts.words()).isEqualTo("1 not graded; 1 left out");
    }
  }

  private static Rollout rollout(String prompt, Task task, PromptOptimizer.Context context) {
    try {
      return context.rollouts().run(prompt, task);
    } catch (ModelException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void a_program_that_is_not_there_is_said_before_the_first_call() {
    try (RunLab lab = new RunLab(folder, 40)) {
      lab.externalGrader = ExternalGrader.Command.of("no-such-grader", "no-such-grader", 60);

      assertThatThrownBy(() -> lab.run(lab.finding(BEST), lab.request()))
          .hasMessageContaining("there is no program no-such-grader");
      assertThat(lab.runs.newest(1)).isEmpty();
      assertThat(lab.events).noneMatch(RunEvent.RolloutFinished.class::isInstance);
    }
  }

  @Test
  void requests_of_before_there_was_one_are_read_as_they_were_meant() throws IOException {
    try (RunLab lab = new RunLab(folder, 40)) {
      OptimizeRequest plain = lab.request();
      ObjectNode kept = (ObjectNode) Json.mapper().readTree(Json.write(plain));
      kept.remove("externalGrader");
      assertThat(Json.read(kept.toString(), OptimizeRequest.class)).isEqualTo(plain);

      lab.externalGrader = new ExternalGrader.Http("units", "http://127.0.0.1:1/grade", 60);
      OptimizeRequest external = lab.request();
      assertThat(Json.read(Json.write(external), OptimizeRequest.class)).isEqualTo(external);
    }
  }
}
