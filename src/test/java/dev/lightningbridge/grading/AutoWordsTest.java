package dev.lightningbridge.grading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.dataset.TaskSource;
import java.util.List;
import org.junit.jupiter.api.Test;

class AutoWordsTest {
  private static Task task(String input, String expected) {
    return new Task(input, input, expected, List.of(), null, TaskSource.PROVIDED);
  }

  @Test
  void the_first_task_that_lacks_what_a_rule_needs_is_named_with_its_place() {
    List<Task> tasks = List.of(task("a", "yes"), task("b\nc", null), task("d", "no"));

    assertThat(AutoWords.of(tasks, true, task -> "line 2 of t.jsonl"))
        .isEqualTo(
            "Grader auto is the judge: line 2 of t.jsonl has neither an expected output nor"
                + " checks (\"b\\u000ac\"); 2 of 3 tasks have.");
    assertThat(AutoWords.of(tasks, false, task -> "it"))
        .contains("nobody, since there is no model");
  }

  @Test
  void the_rule_is_named_where_all_tasks_have_what_it_needs() {
    assertThat(AutoWords.of(List.of(task("a", "yes")), true, Task::id))
        .isEqualTo("Grader auto is exact: the only task has an expected output or checks.");
    assertThat(AutoWords.of(List.of(task("a", "{\"x\":1}")), true, Task::id)).contains("is json:");
  }

  @Test
  void where_captured_inputs_alone_are_in_the_way_the_rule_of_the_others_is_named() {
    Task captured = new Task("c", "c", null, List.of(), "S1", TaskSource.CAPTURED);
    assertThat(AutoWords.of(List.of(task("a", "yes"), captured), true, task -> "a captured input"))
        .endsWith("(\"c\"); 1 of 2 tasks have. With the given tasks alone it would be exact.");
  }
}
