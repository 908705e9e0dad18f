package dev.lightningbridge.dataset.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lightningbridge.dataset.InMemoryCorpus;
import dev.lightningbridge.dataset.InputKey;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.dataset.TaskSource;
import java.util.List;
import org.junit.jupiter.api.Test;

class TasksTest {
  @Test
  void test_cases_and_context_examples_are_provided_tasks_under_their_own_ids() {
    InMemoryCorpus corpus =
        InMemoryCorpus.withAgent("p")
            .addTestCase("case-1", "Refund?", null)
            .addTestCase("example-1", "Weather?", "sunny")
            .addTestCase("case-2", "refund? ", null)
            .addTestCase("case-3", " ", null);
    assertThat(Tasks.provided(corpus, "S1"))
        .containsExactly(
            new Task("case-1", "Refund?", null, List.of(), "S1", TaskSource.PROVIDED),
            new Task("example-1", "Weather?", "sunny", List.of(), "S1", TaskSource.PROVIDED));
    assertThat(Tasks.provided(corpus, "S2")).isEmpty();
  }

  @Test
  void of_the_same_input_the_first_source_counts() {
    Task given = task("t1", "Refund?", "yes", TaskSource.PROVIDED);
    assertThat(
            Tasks.merged(
                List.of(
                    List.of(given),
                    List.of(
                        task("t2", " REFUND?", null, TaskSource.CAPTURED),
                        task("t3", "Weather?", null, TaskSource.CAPTURED)))))
        .containsExactly(given, task("t3", "Weather?", null, TaskSource.CAPTURED));
  }

  @Test
  void an_id_used_twice_names_the_second_task_by_its_input() {
    assertThat(
            Tasks.merged(
                List.of(
                    List.of(task("1", "a", null, TaskSource.PROVIDED)),
                    List.of(task("1", "b", null, TaskSource.PROVIDED)))))
        .extracting(Task::id)
        .containsExactly("1", InputKey.of("b").taskId());
  }

  private static Task task(String id, String input, String expected, TaskSource source) {
    return new Task(id, input, expected, List.of(), null, source);
  }
}
