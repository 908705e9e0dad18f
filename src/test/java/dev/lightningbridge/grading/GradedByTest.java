package dev.lightningbridge.grading;

import static dev.lightningbridge.grading.RuleGraderTest.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.ExitCode;
import dev.lightningbridge.dataset.Check;
import dev.lightningbridge.dataset.Task;
import java.util.List;
import org.junit.jupiter.api.Test;

class GradedByTest {
  private static String choose(GraderChoice choice, Task... tasks) {
    return switch (GradedBy.of(choice, null, List.of(tasks), true)) {
      case GradedBy.Rule rule -> rule.grader().name();
      case GradedBy.Judge judge -> "judge";
      case GradedBy.External external -> throw new AssertionError("none was named");
      case GradedBy.Nobody nobody -> throw new AssertionError("there is a model");
    };
  }

  @Test
  void auto_takes_a_rule_only_where_every_task_has_one() {
    assertThat(choose(GraderChoice.AUTO, task("a"), task("b"))).isEqualTo("exact");
    assertThat(choose(GraderChoice.AUTO, task("{\"a\":1}"), task("{}"))).isEqualTo("json");
    assertThat(choose(GraderChoice.AUTO, task("a"), task("{}"))).isEqualTo("checks");
    assertThat(choose(GraderChoice.AUTO, task("a", new Check.Contains("x")))).isEqualTo("checks");
    assertThat(choose(GraderChoice.AUTO, task("a"), task(null))).isEqualTo("judge");
    assertThat(choose(GraderChoice.AUTO)).isEqualTo("judge");
  }

  @Test
  void auto_counts_the_checks_before_the_expected_output() throws Exception {
    Task task = task("Anything like this", new Check.Contains("Prague"));

    assertThat(RuleGraderTest.grade(GraderChoice.AUTO, task, "In Prague.").reward()).isOne();
  }

  @Test
  void nobody_grades_where_only_a_judge_could_and_there_is_no_model_to_be_one() {
    List<Task> ruled = List.of(task("a"));
    List<Task> open = List.of(task("a"), task(null));

    assertThat(GradedBy.of(GraderChoice.AUTO, null, open, false)).isEqualTo(new GradedBy.Nobody());
    assertThat(GradedBy.of(GraderChoice.JUDGE, null, ruled, false))
        .isEqualTo(new GradedBy.Nobody());
    assertThat(GradedBy.of(GraderChoice.AUTO, null, ruled, false))
        .isInstanceOf(GradedBy.Rule.class);
  }

  @Test
  void a_choice_that_a_task_cannot_serve_is_bad_input() {
    assertThatThrownBy(() -> choose(GraderChoice.EXACT, task("a"), task(null)))
        .isInstanceOfSatisfying(
            BridgeException.class,
            e -> {
              assertThat(e.code()).isEqualTo(GradingError.TASK_DOES_NOT_FIT);
              assertThat(e.code().exit()).isEqualTo(ExitCode.BAD_INPUT);
              assertThat(e.where()).startsWith("task t1");
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
