package dev.lightningbridge.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lightningbridge.common.Cancellation;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.dataset.TaskSource;
import dev.lightningbridge.model.sandbox.SandboxDomain;
import dev.lightningbridge.optimize.RunEvent;
import dev.lightningbridge.optimize.verdict.Verdict.Decision;
import dev.lightningbridge.runs.ending.RunResult;
import dev.lightningbridge.runs.request.RunPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class EarlyStopTest {
  private static final String BEST = RunLab.TRUTH.bestPrompt(SandboxDomain.TRIAGE);

  @TempDir Path folder;

  private static RunLab lab(Path folder) {
    RunLab lab = new RunLab(folder, 100);
    lab.earlyStop = true;
    return lab;
  }

  @Test
  void a_run_ends_its_test_once_it_is_decided_and_says_so() {
    try (RunLab lab = lab(folder)) {
      RunResult result = lab.run(lab.finding(BEST), lab.request());

      int tested = result.test().n();
      int sealed = result.tasks().test();
      assertThat(result.verdict()).isEqualTo(Decision.PROMOTE);
      assertThat(tested).isLessThan(sealed * 6 / 10);
      assertThat(result.remarks())
          .anyMatch(
              r -> r.startsWith("Decided after %d of the %d sealed".formatted(tested, sealed)));
      assertThat(lab.runs.spending().byRole(result.runId()).get("worker").calls())
          .isLessThan(result.tasks().validation() + 2L * sealed * 6 / 10 + 8);
    }
  }

  @Test
  void a_run_that_was_broken_off_within_its_test_ends_it_after_the_same_task() throws IOException {
    try (RunLab lab = lab(folder);
        RunLab another = lab(Files.createDirectory(folder.resolve("another")))) {
      Cancellation cancellation = new Cancellation();
      RunResult cancelled =
          lab.optimization(lab.finding(BEST))
              .run(
                  lab.request(),
                  event -> {
                    if (event instanceof RunEvent.RolloutFinished f && "v1".equals(f.candidate())) {
                      cancellation.request();
                    }
                  },
                  cancellation);
      assertThat(cancelled.state()).isEqualTo(RunState.CANCELLED);

      RunResult result = lab.resume(lab.finding(BEST), cancelled.runId());

      RunResult undisturbed = another.run(another.finding(BEST), another.request());
      assertThat(result.verdict()).isEqualTo(Decision.PROMOTE);
      assertThat(result.test()).isEqualTo(undisturbed.test());
    }
  }

  @Test
  void a_test_that_looks_for_losses_is_carried_out_to_its_end() {
    try (RunLab lab = lab(folder)) {
      lab.noRegression = true;
      RunResult result = lab.run(lab.finding(BEST), lab.request());

      assertThat(result.test().n()).isEqualTo(result.tasks().test());
      assertThat(result.remarks()).noneMatch(r -> r.contains("a look after each task"));
    }
    RunPolicy usual = RunPolicy.DEFAULT;
    assertThat(usual.endsEarly(List.of(task(null), task(null)))).isTrue();
    assertThat(usual.endsEarly(List.of(task(null), task("mails")))).isFalse();
  }

  private static Task task(String tag) {
    return new Task("t", "input", null, List.of(), null, TaskSource.PROVIDED, tag);
  }
}
