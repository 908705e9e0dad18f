package dev.lightningbridge.grading;

import static dev.lightningbridge.grading.RuleGraderTest.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lightningbridge.agent.ScriptedModel;
import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.ExitCode;
import dev.lightningbridge.dataset.Check;
import dev.lightningbridge.dataset.Task;
import java.util.List;
import org.junit.jupiter.api.Test;

class GradersTest {
  private static Grader choose(GraderChoice choice, Task... tasks) {
    return Graders.forTasks(
        choice,
        List.of(tasks),
        () ->
            new JudgeGrader(
                ScriptedModel.saying("-"), "m", new Rubric("n", null, List.of(), List.of())));
  }

  @Test
  void auto_takes_a_rule_only_where_every_task_has_one() {
    assertThat(choose(GraderChoice.AUTO, task("a"), task("b")).name()).isEqualTo("exact");
    assertThat(choose(GraderChoice.AUTO, task("{\"a\":1}"), task("{}")).name()).isEqualTo("json");
    assertThat(choose(GraderChoice.AUTO, task("a"), task("{}")).name()).isEqualTo("checks");
    assertThat(choose(GraderChoice.AUTO, task("a", new Check.Contains("x"))).name())
        .isEqualTo("checks");
    assertThat(choose(GraderChoice.AUTO, task("a"), task(null)).name()).isEqualTo("judge");
    assertThat(choose(GraderChoice.AUTO).name()).isEqualTo("judge");
  }

  @Test
  void auto_counts_the_checks_before_the_expected_output() throws Exception {
    Task task = task("Anything like this", new Check.Contains("Prague"));

    assertThat(choose(GraderChoice.AUTO, task).grade(task, "In Prague.").reward()).isOne();
  }

  @Test
  void only_the_judge_is_not_exact() {
    assertThat(choose(GraderChoice.JUDGE, task("a")).exact()).isFalse();
    assertThat(choose(GraderChoice.AUTO, task("a")).exact()).isTrue();
  }

  @Test
  void a_choice_that_a_task_cannot_serve_is_bad_input() {
    assertThatThrownBy(() -> choose(GraderChoice.EXACT, task("a"), task(null)))
        .isInstanceOfSatisfying(
            BridgeException.class,
            e -> {
              assertThat(e.code()).isEqualTo(GradingError.TASK_DOES_NOT_FIT);
              assertThat(e.code().exit()).isEqualTo(ExitCode.BAD_INPUT);
              assertThat(e.where()).isEqualTo("task t1");
            });
  }

  @Test
  void bad_patterns_and_bad_json_show_before_the_first_rollout() {
    assertThatThrownBy(() -> choose(GraderChoice.REGEX, task(null, new Check.Matches("(a"))))
        .hasMessageContaining("LB-4003");
    assertThatThrownBy(() -> choose(GraderChoice.JSON, task("{\"a\": ")))
        .hasMessageContaining("LB-4003");
    assertThatThrownBy(
            () -> choose(GraderChoice.AUTO, task(null, new Check.JsonField("a", "nope"))))
        .hasMessageContaining("LB-4003");
  }

  @Test
  void a_name_that_no_grader_has_is_wrong_use_and_names_those_there_are() {
    assertThat(GraderChoice.named(" Judge ")).isEqualTo(GraderChoice.JUDGE);
    assertThatThrownBy(() -> GraderChoice.named("bleu"))
        .hasMessageContaining("auto, exact, contains, regex, json, judge")
        .isInstanceOfSatisfying(
            BridgeException.class, e -> assertThat(e.code().exit()).isEqualTo(ExitCode.USAGE));
  }
}
