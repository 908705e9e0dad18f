package dev.lightningbridge.optimize.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lightningbridge.agent.AgentRunner;
import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.Cancellation;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.dataset.TaskSource;
import dev.lightningbridge.model.ModelException;
import dev.lightningbridge.model.ModelException.Kind;
import dev.lightningbridge.optimize.ByOutput;
import dev.lightningbridge.optimize.RolloutRunner;
import dev.lightningbridge.optimize.RunEvent;
import dev.lightningbridge.optimize.verdict.SealedComparison.Contestant;
import dev.lightningbridge.optimize.verdict.Verdict.Decision;
import dev.lightningbridge.optimize.verdict.Verdict.Reason;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The sealed test, looked at after each task. */
class EarlyEndTest {
  private static final List<Task> TASKS =
      IntStream.range(0, 24)
          .mapToObj(
              i -> new Task("t" + i, "input " + i, null, List.of(), null, TaskSource.CAPTURED))
          .toList();

  private final List<RunEvent> events = Collections.synchronizedList(new ArrayList<>());
  private final AtomicInteger calls = new AtomicInteger();

  @FunctionalInterface
  private interface Answers {
    double reward(String prompt, int task) throws ModelException;
  }

  private SealedComparison.Result run(int concurrency, TestCriterion needed, Answers answers) {
    AgentRunner agent =
        (prompt, task) -> {
          calls.incrementAndGet();
          return new AgentRunner.Output(
              List.of(), "" + answers.reward(prompt, TASKS.indexOf(task)));
        };
    RolloutRunner rollouts = new RolloutRunner(agent, new ByOutput());
    return new SealedComparison(concurrency, events::add, new Cancellation(), 1)
        .by(() -> needed)
        .endingEarly(true)
        .run(new Contestant("v0", "old", rollouts), new Contestant("v3", "new", rollouts), TASKS);
  }

  private static double good(String prompt) {
    return prompt.equals("new") ? 0.8 : 0.3;
  }

  @Test
  void a_winner_that_is_better_on_every_task_is_told_after_eight_of_twenty_four() {
    SealedComparison.Result result = run(1, TestCriterion.ONCE, (prompt, task) -> good(prompt));

    assertThat(result.verdict().decision()).isEqualTo(Decision.PROMOTE);
    assertThat(result.verdict().remarks())
        .contains(
            "Decided after 8 of the 24 sealed test tasks; the other 16 were not needed. p and"
                + " interval allow for a look after each task.");
    TestResult test = result.verdict().test();
    assertThat(test.n()).isEqualTo(8);
    assertThat(test.p()).isEqualTo(1 / 256.0);
    assertThat(test.ci().low()).isPositive();
    assertThat(test.detectableEffect()).isNull();
    assertThat(result.pairs()).extracting(PairedRollout::task).isEqualTo(TASKS.subList(0, 8));
    assertThat(calls.get()).isEqualTo(16);
    assertThat(events)
        .contains(
            new RunEvent.Note(
                "info", "The sealed test was decided after 8 of 24 tasks; 16 were never opened."),
            new RunEvent.Evaluated("v3", 0, "test", 8, 0, 0.8));
  }

  @Test
  void equal_prompts_are_run_on_all_tasks() {
    SealedComparison.Result result =
        run(4, TestCriterion.ONCE, (prompt, task) -> (task + prompt.length()) % 2);

    assertThat(result.verdict().reason()).isEqualTo(Reason.NOT_SIGNIFICANT);
    assertThat(result.pairs()).hasSize(24);
    assertThat(calls.get()).isEqualTo(48);
    assertThat(result.verdict().remarks())
        .contains(
            "p and interval allow for a look after each task: the test could have ended at any.");
  }

  /** The third task is by far the slowest, and the ones beyond the end are all lost. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 8})
  void where_the_test_ends_does_not_depend_on_which_task_is_the_faster(int concurrency) {
    SealedComparison.Result result =
        run(
            concurrency,
            TestCriterion.ONCE,
            (prompt, task) -> {
              if (task == 2) {
                pause(60);
              }
              return task < 8 ? good(prompt) : 1 - good(prompt);
            });

    assertThat(result.verdict().decision()).isEqualTo(Decision.PROMOTE);
    assertThat(result.pairs()).extracting(PairedRollout::task).isEqualTo(TASKS.subList(0, 8));
    assertThat(result.verdict().test().worse()).isZero();
  }

  @Test
  void tasks_that_fail_beyond_the_end_do_not_count() {
    SealedComparison.Result result =
        run(
            8,
            TestCriterion.ONCE,
            (prompt, task) -> {
              if (task >= 8 && task <= 10 && prompt.equals("new")) {
                throw new ModelException(Kind.NETWORK, "unreachable");
              }
              pause(task == 7 ? 60 : 0);
              return good(prompt);
            });

    assertThat(result.verdict().decision()).isEqualTo(Decision.PROMOTE);
    assertThat(result.verdict().test().excluded()).isZero();
    assertThat(events).noneMatch(event -> event.toString().contains("is left out"));
  }

  @Test
  void a_task_that_is_left_out_is_skipped_for_both() {
    SealedComparison.Result result =
        run(
            1,
            TestCriterion.ONCE,
            (prompt, task) -> {
              if (task == 4 && prompt.equals("old")) {
                throw new ModelException(Kind.TIMEOUT, "slow");
              }
              return good(prompt);
            });

    assertThat(result.verdict().test().n()).isEqualTo(8);
    assertThat(result.verdict().test().excluded()).isEqualTo(1);
    assertThat(result.verdict().remarks()).anyMatch(r -> r.startsWith("Decided after 9 of the 24"));
  }

  @Test
  void past_a_tenth_of_failed_tasks_the_test_ends_with_an_error() {
    assertThatThrownBy(
            () ->
                run(
                    4,
                    TestCriterion.ONCE,
                    (prompt, task) -> {
                      if (task % 2 == 0) {
                        throw new ModelException(Kind.NETWORK, "unreachable");
                      }
                      return good(prompt);
                    }))
        .isInstanceOf(BridgeException.class)
        .hasMessageContaining("LB-5001");
  }

  @Test
  void a_gain_below_the_least_effect_does_not_end_the_test() {
    Answers answers = (prompt, task) -> prompt.equals("new") ? 0.31 + (task > 12 ? 0.1 : 0) : 0.3;

    SealedComparison.Result late = run(1, new TestCriterion(0.05, 0.02), answers);
    SealedComparison.Result never = run(1, new TestCriterion(0.05, 0.2), answers);

    assertThat(late.verdict().decision()).isEqualTo(Decision.PROMOTE);
    assertThat(late.pairs().size()).isBetween(14, 23);
    assertThat(late.verdict().test().difference()).isGreaterThanOrEqualTo(0.02);
    assertThat(never.verdict().reason()).isEqualTo(Reason.EFFECT_TOO_SMALL);
    assertThat(never.pairs()).hasSize(24);
  }

  @Test
  void a_lower_level_needs_more_tasks() {
    SealedComparison.Result result =
        run(1, new TestCriterion(0.001, 0), (prompt, task) -> good(prompt));

    assertThat(result.verdict().decision()).isEqualTo(Decision.PROMOTE);
    assertThat(result.pairs()).hasSize(13);
    assertThat(result.verdict().test().p()).isCloseTo(1 / 8192.0, within(1e-12));
  }

  @Test
  void a_budget_that_runs_out_before_the_decision_holds() {
    SealedComparison.Result result =
        run(
            1,
            TestCriterion.ONCE,
            (prompt, task) -> {
              if (calls.get() > 13) {
                throw new ModelException(Kind.BUDGET_EXHAUSTED, "the end");
              }
              return good(prompt);
            });

    assertThat(result.verdict().reason()).isEqualTo(Reason.BUDGET_RAN_OUT);
    assertThat(result.verdict().sentence())
        .startsWith("The budget ran out after 6 of 24 sealed test tasks.");
  }

  private static void pause(long milliseconds) {
    try {
      Thread.sleep(milliseconds);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
