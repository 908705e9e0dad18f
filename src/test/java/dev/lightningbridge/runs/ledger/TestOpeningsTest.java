package dev.lightningbridge.runs.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.dataset.TaskSource;
import dev.lightningbridge.model.sandbox.SandboxDomain;
import dev.lightningbridge.optimize.OptimizationResult;
import dev.lightningbridge.optimize.OptimizationResult.StopReason;
import dev.lightningbridge.optimize.PromptOptimizer;
import dev.lightningbridge.optimize.verdict.LevelSpending;
import dev.lightningbridge.optimize.verdict.Verdict.Decision;
import dev.lightningbridge.runs.QueuePlace;
import dev.lightningbridge.runs.RunLab;
import dev.lightningbridge.runs.ending.RunResult;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestOpeningsTest {
  private static final String BEST = RunLab.TRUTH.bestPrompt(SandboxDomain.TRIAGE);

  @TempDir Path folder;

  private static TestOpenings openings(RunLab lab) {
    return new TestOpenings(lab.database, Clock.systemUTC());
  }

  private static List<Task> tasks(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(i -> new Task("t" + i, "input " + i, null, List.of(), null, TaskSource.CAPTURED))
        .toList();
  }

  private static String newRun(RunLab lab) {
    return lab.optimization(lab.finding(BEST)).enqueue(lab.request(), QueuePlace.LAST);
  }

  @Test
  void each_test_on_the_same_tasks_has_a_lower_level_and_its_verdict_says_so() {
    try (RunLab lab = new RunLab(folder, 40)) {
      RunResult first = lab.run(lab.finding(BEST), lab.request());
      RunResult second = lab.run(lab.finding(BEST + "\nBe brief."), lab.request());

      assertThat(first.test().level()).isEqualTo(LevelSpending.first());
      assertThat(first.remarks())
          .contains(
              "These sealed tasks are tested on for the first time: p must be 0.025 or less.");
      assertThat(second.test().level()).isEqualTo(LevelSpending.level(1));
      assertThat(second.reason()).contains("98.75 % interval").contains("needed: p ≤ 0.00625");
      assertThat(second.remarks())
          .contains(
              "This is test 2 of the lineage; those before it count for 1, by the sealed tasks that they"
                  + " share with it. So p must be 0.00625 or less; fresh tasks raise that again.");
    }
  }

  @Test
  void a_run_that_goes_on_has_the_opening_of_its_earlier_start() {
    try (RunLab lab = new RunLab(folder, 40)) {
      String run = newRun(lab);
      TestOpening opened = openings(lab).open(run, lab.lineage, true, tasks(0, 20));
      openings(lab).open(newRun(lab), lab.lineage, true, tasks(0, 20));

      assertThat(openings(lab).open(run, lab.lineage, true, tasks(0, 20))).isEqualTo(opened);
      assertThat(openings(lab).of(run)).contains(new TestOpening(1, 0, 0.025));
    }
  }

  @Test
  void a_search_that_finds_nothing_better_opens_nothing() {
    try (RunLab lab = new RunLab(folder, 40)) {
      PromptOptimizer none =
          RunLab.engine(
              (job, context) -> new OptimizationResult(job.seedPrompt(), 0.1, StopReason.FINISHED));
      RunResult held = lab.run(none, lab.request());

      assertThat(openings(lab).of(held.runId())).isEmpty();
      assertThat(lab.run(lab.finding(BEST), lab.request()).test().level())
          .isEqualTo(LevelSpending.first());
    }
  }

  @Test
  void the_sandbox_and_real_models_and_other_lineages_have_ledgers_of_their_own() {
    try (RunLab lab = new RunLab(folder, 40)) {
      openings(lab).open(newRun(lab), lab.lineage, true, tasks(0, 20));

      assertThat(openings(lab).open(newRun(lab), lab.lineage, false, tasks(0, 20)).level())
          .isEqualTo(LevelSpending.first());
      assertThat(openings(lab).open(newRun(lab), "another", true, tasks(0, 20)).level())
          .isEqualTo(LevelSpending.first());
      assertThat(openings(lab).open(newRun(lab), lab.lineage, true, tasks(0, 20)).number())
          .isEqualTo(2);
    }
  }

  @Test
  void fresh_tasks_raise_the_level_again() {
    try (RunLab lab = new RunLab(folder, 40)) {
      openings(lab).open(newRun(lab), lab.lineage, true, tasks(0, 20));
      openings(lab).open(newRun(lab), lab.lineage, true, tasks(0, 20));

      TestOpening mixed = openings(lab).open(newRun(lab), lab.lineage, true, tasks(10, 60));
      TestOpening fresh = openings(lab).open(newRun(lab), lab.lineage, true, tasks(100, 120));

      assertThat(mixed.earlier()).isEqualTo(2 * 0.4);
      assertThat(fresh).isEqualTo(new TestOpening(4, 0, LevelSpending.first()));
    }
  }

  private static List<Task> worded(UnaryOperator<String> change) {
    return RunLab.TRUTH.inputs(SandboxDomain.TRIAGE, 20).stream()
        .map(change)
        .map(text -> new Task(text, text, null, List.of(), null, TaskSource.CAPTURED))
        .toList();
  }

  @Test
  void tasks_in_another_wording_are_the_same_tasks_and_not_fresh() {
    try (RunLab lab = new RunLab(folder, 40)) {
      openings(lab).open(newRun(lab), lab.lineage, true, worded(text -> text));

      TestOpening polite =
          openings(lab)
              .open(newRun(lab), lab.lineage, true, worded(text -> "Hello,\n" + text + " Thanks!"));
      TestOpening longer =
          openings(lab)
              .next(lab.lineage, true, worded(text -> "Re: " + text + " Kind regards, Tom"));

      assertThat(polite).isEqualTo(new TestOpening(2, 1, LevelSpending.level(1)));
      assertThat(longer).isEqualTo(new TestOpening(3, 2, LevelSpending.level(2)));
    }
  }

  @Test
  void a_wording_that_creeps_away_a_little_with_each_test_stays_the_same_task() {
    try (RunLab lab = new RunLab(folder, 40)) {
      String more = "";
      for (int test = 0; test < 5; test++) {
        String said = more;
        TestOpening opening =
            openings(lab).open(newRun(lab), lab.lineage, true, worded(text -> text + said));

        assertThat(opening.earlier()).isEqualTo(test);
        more += " " + List.of("apples", "bridges", "candles", "doors", "engines").get(test);
      }
    }
  }

  @Test
  void tasks_that_could_not_pass_whatever_they_show_are_not_opened_and_nothing_is_searched_for() {
    try (RunLab lab = new RunLab(folder, 16)) {
      lab.acceptJudge = true;
      for (int test = 1; test <= 2; test++) {
        RunResult tested = lab.run(lab.finding(BEST + "\n".repeat(test)), lab.request());
        assertThat(openings(lab).of(tested.runId())).isPresent();
      }

      RunResult third = lab.run(lab.finding(BEST), lab.request());

      assertThat(third.verdict()).isEqualTo(Decision.HOLD);
      assertThat(third.reason())
          .startsWith("8 sealed test tasks are too few for a verdict. 1 more at the least");
      assertThat(third.remarks()).anyMatch(r -> r.contains("p must be 0.00277 or less now"));
      assertThat(third.calls()).isZero();
      assertThat(openings(lab).of(third.runId())).isEmpty();
    }
  }

  @Test
  void a_gain_below_the_least_effect_is_held() {
    try (RunLab lab = new RunLab(folder, 40)) {
      lab.leastEffect = 0.99;
      RunResult held = lab.run(lab.finding(BEST), lab.request());

      assertThat(held.verdict()).isEqualTo(Decision.HOLD);
      assertThat(held.reason()).contains("by less than the least effect of 0.99");
      assertThat(held.proposalId()).isNull();
    }
  }
}
