package dev.lightningbridge.runs.ending;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lightningbridge.dataset.Check;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.dataset.TaskSource;
import dev.lightningbridge.dataset.tasks.TaskJson;
import dev.lightningbridge.model.Limits;
import dev.lightningbridge.model.Spend;
import dev.lightningbridge.model.sandbox.SandboxDomain;
import dev.lightningbridge.optimize.verdict.LevelSpending;
import dev.lightningbridge.optimize.verdict.Power;
import dev.lightningbridge.optimize.verdict.TestResult;
import dev.lightningbridge.optimize.verdict.Verdict.Decision;
import dev.lightningbridge.runs.RunLab;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DecidingTest {
  private static final TestResult OPEN =
      TestResult.of(
          new double[] {.5, .5, .5, .5, .5, .5, .5, .5, .5, .5},
          new double[] {.6, .7, .4, .6, .8, .4, .5, .7, .6, .4},
          0,
          LevelSpending.first(),
          1);

  /** As after one test on ten tasks. */
  private static final IntToDoubleFunction NEXT =
      tasks -> LevelSpending.level(LevelSpending.counted(tasks, List.of(10)));

  @TempDir Path folder;

  @Test
  void it_is_the_fewest_sealed_tasks_that_show_the_gain_at_the_next_tests_level() {
    Deciding deciding =
        Deciding.of(OPEN, NEXT, new Spend(100, 1000, 200, 1), new Spend(2, 20, 4, 0.02))
            .orElseThrow();

    int sealed = deciding.sealedTasks();
    assertThat(Power.detectableEffect(sealed, OPEN.sd(), NEXT.applyAsDouble(sealed)).orElseThrow())
        .isLessThanOrEqualTo(OPEN.difference());
    assertThat(
            Power.detectableEffect(sealed - 1, OPEN.sd(), NEXT.applyAsDouble(sealed - 1))
                .orElseThrow())
        .isGreaterThan(OPEN.difference());
    assertThat(deciding.moreSealedTasks()).isEqualTo(sealed - 10);
    assertThat(deciding.moreInputs()).isEqualTo((int) Math.ceil((sealed - 10) / 0.4));
    assertThat(deciding.calls()).isEqualTo(100 + 2L * (sealed - 10));
    assertThat(deciding.tokens()).isEqualTo(1200 + 24L * (sealed - 10));
    assertThat(deciding.words())
        .startsWith("To show a gain of 0.07 in four of five runs takes about %d".formatted(sealed))
        .contains("sealed tasks, %d more than now".formatted(sealed - 10))
        .contains(" USD.");
  }

  @Test
  void fresh_tasks_raise_the_level_that_they_are_tested_at() {
    Deciding deciding = Deciding.of(OPEN, NEXT, Spend.NOTHING, Spend.NOTHING).orElseThrow();

    assertThat(deciding.level()).isGreaterThan(LevelSpending.level(1));
  }

  /**
   * Wants JSON, which the best prompt gives, of one input in so many, and of the others nothing.
   */
  private Path tasks(int oneIn) throws IOException {
    StringBuilder lines = new StringBuilder();
    int i = 0;
    for (String input : RunLab.TRUTH.inputs(SandboxDomain.TRIAGE, 40)) {
      Check check = new Check.Matches(i % oneIn == 0 ? "(?s)^\\{.*" : "(?s).*");
      lines
          .append(
              TaskJson.write(
                  new Task(
                      "t" + i++, input, null, List.of(check), null, TaskSource.PROVIDED, null)))
          .append('\n');
    }
    return Files.writeString(folder.resolve("one-in-" + oneIn + ".jsonl"), lines);
  }

  @Test
  void a_run_that_leaves_it_open_shows_its_best_candidate_and_what_would_decide()
      throws IOException {
    try (RunLab lab = new RunLab(folder, 40)) {
      RunResult held = null;
      for (int oneIn : new int[] {5, 4, 6, 3, 2}) {
        held =
            lab.run(
                lab.finding(RunLab.TRUTH.bestPrompt(SandboxDomain.TRIAGE)),
                lab.request(Limits.NONE, false, tasks(oneIn)));
        if (held.verdict() == Decision.HOLD && held.test().difference() > 0) {
          break;
        }
      }

      assertThat(held.reason()).startsWith("There is no proof that the new prompt is better");
      assertThat(held.diff()).anyMatch(line -> line.startsWith("+"));
      Deciding deciding = held.deciding();
      assertThat(deciding).isNotNull();
      assertThat(deciding.calls()).isGreaterThan(held.calls());
      assertThat(held.remarks()).contains(deciding.words());
      assertThat(Path.of(held.report())).content().contains("To show a gain of");
    }
  }
}
