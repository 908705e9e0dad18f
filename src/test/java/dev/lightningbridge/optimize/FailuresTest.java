package dev.lightningbridge.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lightningbridge.agent.AgentRunner;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.dataset.Failure;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.dataset.TaskSource;
import dev.lightningbridge.grading.Grade;
import dev.lightningbridge.grading.Grader;
import dev.lightningbridge.model.ModelException;
import dev.lightningbridge.model.ModelException.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailuresTest {
  private static final Task TASK =
      new Task("t", "input", null, List.of(), null, TaskSource.CAPTURED);

  private static final Grader GRADER =
      new Grader() {
        @Override
        public String name() {
          return "any";
        }

        @Override
        public Grade grade(Task task, String output) throws ModelException {
          if (output.equals("unreadable")) {
            throw new ModelException(Kind.MALFORMED_ANSWER, "the judge gave no score");
          }
          return new Grade(0.5, "");
        }
      };

  private static RolloutRunner runner(AgentRunner agent) {
    return new RolloutRunner(agent, GRADER);
  }

  private static AgentRunner failing(Kind kind) {
    return (prompt, task) -> {
      throw new ModelException(kind, "the cause");
    };
  }

  @ParameterizedTest
  @CsvSource({
    "0, 4, false", "1, 1, true", "1, 4, false", "2, 4, false", "3, 4, true", "2, 2, true",
    "2, 8, false", "3, 8, true", "3, 30, false", "4, 30, true", "10, 100, false", "11, 100, true"
  })
  void a_tenth_may_fail_and_two_however_few_there_are_but_never_all(
      int failures, int rollouts, boolean tooMany) {
    assertThat(FailureLimit.isPassed(failures, rollouts)).isEqualTo(tooMany);
  }

  @Test
  void the_error_tells_the_way_in_which_most_failed_and_what_to_do() {
    Failure slow = new Failure("TIMEOUT", "worker", "no answer in 60 s", "Raise --timeout.");
    Failure empty = new Failure("EMPTY_ANSWER", "judge", "an empty answer", "Name another.");

    assertThat(FailureLimit.error("candidate v2", List.of(slow, empty, empty), 8))
        .hasMessage(
            "LB-5001: 3 of 8 rollouts have no result, 2 of them so: an empty answer (candidate v2,"
                + " the judge). Name another. Then `runs resume` the run.");
  }

  @Test
  void rollouts_that_fail_one_after_the_other_end_the_run_before_the_evaluation_is_over()
      throws ModelException {
    RolloutRunner runner = runner(failing(Kind.TIMEOUT));
    for (int i = 1; i < FailureStreak.HOPELESS; i++) {
      assertThat(runner.run("prompt", TASK).reward()).isEmpty();
    }

    assertThatThrownBy(() -> runner.run("prompt", TASK))
        .hasMessageContaining("8 rollouts one after the other have no result: the cause (the run,")
        .hasMessageContaining("--timeout");
  }

  @Test
  void a_rollout_that_succeeds_in_between_is_hope() throws ModelException {
    int[] calls = {0};
    RolloutRunner runner =
        runner(
            (prompt, task) -> {
              if (++calls[0] % 7 != 0) {
                throw new ModelException(Kind.NETWORK, "gone");
              }
              return new AgentRunner.Output(List.of(), "fine");
            });

    for (int i = 0; i < 50; i++) {
      runner.run("prompt", TASK);
    }
  }

  @Test
  void what_the_judge_failed_on_is_its_own_and_no_zero() throws ModelException {
    RolloutRunner runner =
        runner((prompt, task) -> new AgentRunner.Output(List.of(), "unreadable"));

    assertThat(runner.run("prompt", TASK).failure())
        .hasValueSatisfying(
            failure -> {
              assertThat(failure.kind()).isEqualTo("MALFORMED_ANSWER");
              assertThat(failure.role()).isEqualTo("judge");
              assertThat(failure.cause()).isEqualTo("the judge gave no score");
              assertThat(failure.remedy()).isNotBlank();
            });
  }

  @Test
  void refusals_alone_end_a_run_when_another_prompt_is_refused_too() throws ModelException {
    RolloutRunner runner = runner(failing(Kind.REFUSED));
    for (int i = 0; i < 20; i++) {
      assertThat(runner.run("current", TASK).reward()).hasValue(0);
    }

    assertThatThrownBy(() -> runner.run("edited", TASK))
        .hasMessageContaining("LB-5001: none of the first 21 rollouts, with 2 prompts, gave an")
        .hasMessageContaining("Then start another run.");
  }

  @Test
  void refusals_after_a_reward_are_zeros_however_many() throws ModelException {
    RolloutRunner runner =
        runner(
            (prompt, task) -> {
              if (prompt.equals("current")) {
                return new AgentRunner.Output(List.of(), "fine");
              }
              throw new ModelException(Kind.REFUSED, "no");
            });

    runner.run("current", TASK);
    for (int i = 0; i < 50; i++) {
      assertThat(runner.run("edited " + i, TASK).reward()).hasValue(0);
    }
  }

  @Test
  void an_event_keeps_a_failure_whole_and_those_of_former_versions_are_read() {
    Failure failure = new Failure("TIMEOUT", "worker", "slow", "Wait.");
    RunEvent.RolloutFinished event = new RunEvent.RolloutFinished("v1", "t", null, failure, false);

    assertThat(Json.read(Json.write(event), RunEvent.RolloutFinished.class)).isEqualTo(event);
    assertThat(
            Json.read(
                    """
                    {"candidate":"v1","taskId":"t","reward":null,"failure":"TIMEOUT: slow"}""",
                    RunEvent.RolloutFinished.class)
                .failure())
        .isEqualTo(new Failure("UNKNOWN", "worker", "TIMEOUT: slow", ""));
  }
}
