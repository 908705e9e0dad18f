package dev.lightningbridge.optimize.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SealedComparisonTest {
  private final List<RunEvent> events = new ArrayList<>();
  private final Cancellation cancellation = new Cancellation();

  private static List<Task> tasks(int count, TaskSource source) {
    return IntStream.range(0, count)
        .mapToObj(i -> new Task("t" + i, "input " + i, null, List.of(), null, source))
        .toList();
  }

  @FunctionalInterface
  private interface Answers {
    double reward(String prompt, Task task) throws ModelException;
  }

  private SealedComparison.Result run(List<Task> tasks, Answers answers) {
    AgentRunner agent =
        (prompt, task) -> new AgentRunner.Output(List.of(), "" + answers.reward(prompt, task));
    RolloutRunner rollouts = new RolloutRunner(agent, new ByOutput());
    return new SealedComparison(4, events::add, cancellation, 1)
        .run(new Contestant("v0", "old", rollouts), new Contestant("v3", "new", rollouts), tasks);
  }

  private static double good(String prompt) {
    return prompt.equals("new") ? 0.8 : 0.3;
  }

  @Test
  void both_prompts_are_run_on_the_same_tasks_and_every_result_is_kept_in_order() {
    List<Task> tasks = tasks(20, TaskSource.CAPTURED);

    SealedComparison.Result result = run(tasks, (prompt, task) -> good(prompt));

    assertThat(result.verdict().decision()).isEqualTo(Decision.PROMOTE);
    assertThat(result.pairs()).extracting(PairedRollout::task).isEqualTo(tasks);
    assertThat(result.pairs().get(7).winner().output()).isEqualTo("0.8");
    assertThat(result.pairs().get(7).difference()).hasValue(0.5);
    assertThat(events)
        .contains(
            new RunEvent.RolloutFinished("v0", "t5", 0.3, null, false),
            new RunEvent.Evaluated("v3", 0, "test", 20, 0, 0.8));
  }

  @Test
  void the_same_prompt_with_another_model_is_a_contestant() {
    RolloutRunner base =
        new RolloutRunner((p, t) -> new AgentRunner.Output(List.of(), "0.2"), new ByOutput());
    RolloutRunner trained =
        new RolloutRunner((p, t) -> new AgentRunner.Output(List.of(), "0.9"), new ByOutput());

    SealedComparison.Result result =
        new SealedComparison(4, events::add, cancellation, 1)
            .of(Compared.MODELS)
            .run(
                new Contestant("v0", "same", base),
                new Contestant("v1", "same", trained),
                tasks(10, TaskSource.CAPTURED));

    assertThat(result.verdict().decision()).isEqualTo(Decision.PROMOTE);
    assertThat(result.verdict().sentence())
        .startsWith(
            "The trained model is better: on 10 sealed test tasks its mean reward is 0.90, that of"
                + " its base, on the same prompt, 0.20; a difference of +0.70");
  }

  @Test
  void the_same_prompt_is_never_run_against_itself() {
    RolloutRunner none =
        new RolloutRunner(
            (prompt, task) -> {
              throw new AssertionError("no call is needed");
            },
            new ByOutput());
    SealedComparison test = new SealedComparison(1, events::add, cancellation, 1);
    Contestant baseline = new Contestant("v0", "old", none);

    assertThat(
            test.run(baseline, new Contestant("v0", "old", none), tasks(9, TaskSource.CAPTURED))
                .verdict()
                .reason())
        .isEqualTo(Reason.SAME_PROMPT);
    assertThat(test.run(baseline, new Contestant("v3", "new", none), List.of()).verdict().reason())
        .isEqualTo(Reason.TOO_FEW_TASKS);
  }

  private SealedComparison.Result run(
      List<Task> tasks, TestCriterion criterion, AtomicInteger calls) {
    RolloutRunner rollouts =
        new RolloutRunner(
            (prompt, task) -> {
              calls.incrementAndGet();
              return new AgentRunner.Output(List.of(), "" + good(prompt));
            },
            new ByOutput());
    return new SealedComparison(4, events::add, cancellation, 1)
        .by(
            () -> {
              assertThat(calls.get()).isZero();
              return criterion;
            })
        .run(new Contestant("v0", "old", rollouts), new Contestant("v3", "new", rollouts), tasks);
  }

  @Test
  void the_level_and_the_least_effect_are_asked_for_before_the_first_call() {
    List<Task> tasks = tasks(10, TaskSource.CAPTURED);

    SealedComparison.Result promoted =
        run(tasks, new TestCriterion(0.001, 0.4), new AtomicInteger());
    SealedComparison.Result held = run(tasks, new TestCriterion(0.001, 0.6), new AtomicInteger());

    assertThat(promoted.verdict().decision()).isEqualTo(Decision.PROMOTE);
    assertThat(promoted.verdict().test().level()).isEqualTo(0.001);
    assertThat(held.verdict().reason()).isEqualTo(Reason.EFFECT_TOO_SMALL);
  }

  @Test
  void tasks_that_could_never_reach_the_level_stay_sealed() {
    AtomicInteger calls = new AtomicInteger();

    SealedComparison.Result result =
        run(tasks(9, TaskSource.CAPTURED), new TestCriterion(0.001, 0), calls);

    assertThat(result.verdict().reason()).isEqualTo(Reason.TOO_FEW_TASKS);
    assertThat(result.verdict().sentence())
        .startsWith("9 sealed test tasks are too few for a verdict. 1 more at the least,");
    assertThat(calls.get()).isZero();
  }

  @Test
  void a_failure_of_the_infrastructure_is_tried_once_more() {
    Map<String, AtomicInteger> asked = new ConcurrentHashMap<>();

    SealedComparison.Result result =
        run(
            tasks(10, TaskSource.CAPTURED),
            (prompt, task) -> {
              if (asked
                      .computeIfAbsent(prompt + task.id(), k -> new AtomicInteger())
                      .getAndIncrement()
                  == 0) {
                throw new ModelException(Kind.SERVER_ERROR, "down");
              }
              return good(prompt);
            });

    assertThat(result.verdict().test().excluded()).isZero();
    assertThat(result.verdict().decision()).isEqualTo(Decision.PROMOTE);
  }

  @Test
  void a_task_that_fails_for_one_prompt_is_left_out_for_both_and_is_no_zero() {
    SealedComparison.Result result =
        run(
            tasks(10, TaskSource.CAPTURED),
            (prompt, task) -> {
              if (task.id().equals("t4") && prompt.equals("old")) {
                throw new ModelException(Kind.TIMEOUT, "slow");
              }
              return good(prompt);
            });

    TestResult test = result.verdict().test();
    assertThat(test.n()).isEqualTo(9);
    assertThat(test.excluded()).isEqualTo(1);
    assertThat(test.baselineMean()).isEqualTo(0.3);
    assertThat(result.pairs()).hasSize(10);
    assertThat(events)
        .contains(
            new RunEvent.Note("warning", "test task t4 is left out: slow"),
            new RunEvent.Evaluated("v0", 0, "test", 9, 1, test.baselineMean()));
    assertThat(result.verdict().remarks())
        .anySatisfy(r -> assertThat(r).contains("1 task was left"));
  }

  @Test
  void an_agents_own_failure_is_a_zero() {
    SealedComparison.Result result =
        run(
            tasks(10, TaskSource.CAPTURED),
            (prompt, task) -> {
              if (prompt.equals("new")) {
                throw new ModelException(Kind.REFUSED, "no");
              }
              return good(prompt);
            });

    assertThat(result.verdict().test().winnerMean()).isZero();
  }

  @Test
  void past_a_tenth_of_failed_tasks_the_test_stops_at_once_with_a_clear_error() {
    AtomicInteger calls = new AtomicInteger();

    assertThatThrownBy(
            () ->
                run(
                    tasks(1000, TaskSource.CAPTURED),
                    (prompt, task) -> {
                      calls.incrementAndGet();
                      throw new ModelException(Kind.NETWORK, "unreachable");
                    }))
        .isInstanceOf(BridgeException.class)
        .hasMessageContaining("LB-5001")
        .hasMessageContaining("unreachable")
        .hasMessageContaining("runs resume");
    assertThat(calls.get()).isLessThan(500);
  }

  @Test
  void where_the_budget_runs_out_the_verdict_says_what_is_known() {
    AtomicInteger calls = new AtomicInteger();

    SealedComparison.Result result =
        run(
            tasks(20, TaskSource.CAPTURED),
            (prompt, task) -> {
              if (calls.incrementAndGet() > 21) {
                throw new ModelException(Kind.BUDGET_EXHAUSTED, "the end");
              }
              return good(prompt);
            });

    assertThat(result.verdict().reason()).isEqualTo(Reason.BUDGET_RAN_OUT);
    assertThat(result.pairs()).hasSizeBetween(8, 10);
    assertThat(result.verdict().test().n()).isEqualTo(result.pairs().size());
    assertThat(calls.get()).isLessThan(30);
  }

  @Test
  void a_cancelled_run_has_no_verdict() {
    assertThatThrownBy(
            () ->
                run(
                    tasks(20, TaskSource.CAPTURED),
                    (prompt, task) -> {
                      cancellation.request();
                      return 0.5;
                    }))
        .isInstanceOf(CancellationException.class);
  }

  @Test
  void a_verdict_that_rests_on_synthetic_tasks_says_so_in_its_first_line() {
    List<Task> tasks = new ArrayList<>(tasks(4, TaskSource.CAPTURED));
    tasks.addAll(tasks(6, TaskSource.SYNTHETIC));

    Verdict verdict = run(tasks, (prompt, task) -> good(prompt)).verdict();
    assertThat(verdict.heldForJudge("kappa is 0.1.").restingOn(tasks).sentence())
        .startsWith("The judge")
        .endsWith(" 6 of the 10 test tasks are synthetic.");
    assertThat(verdict.restingOn(tasks(4, TaskSource.CAPTURED))).isEqualTo(verdict);
  }

  @Test
  void what_a_grader_finds_wrong_with_a_task_reaches_the_caller_as_it_is() {
    assertThatThrownBy(
            () ->
                run(
                    tasks(5, TaskSource.CAPTURED),
                    (prompt, task) -> {
                      throw new IllegalArgumentException("as it is");
                    }))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("as it is");
  }
}
