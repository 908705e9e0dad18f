package dev.lightningbridge.grading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lightningbridge.common.Json;
import dev.lightningbridge.dataset.Expected;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.dataset.tasks.TaskJson;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpectedTest {
  static List<ExpectedVectors.Vector> vectors() {
    return ExpectedVectors.all();
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void what_is_expected_grades_alike_as_it_was_read_written_again_and_kept_with_a_run(
      ExpectedVectors.Vector vector) throws Exception {
    Task read = vector.task();
    Task written = TaskJson.read(TaskJson.write(read).toString());
    Task kept = Json.read(Json.write(read), Task.class);

    assertThat(List.of(written, kept)).containsOnly(read);
    assertThat(vector.graderFor(read).grade(read, vector.output()).reward())
        .isEqualTo(vector.reward());
  }

  @Test
  void a_number_stays_as_it_was_written() throws Exception {
    for (String number : List.of("12.50", "1e2", "12345678901234567890", "-0.0", "1E+400")) {
      Task task = TaskJson.read("{\"input\":\"x\",\"expected\": " + number + " }");
      assertThat(task.expected()).isEqualTo(new Expected.Numeral(number));
      assertThat(task.expectedText()).isEqualTo(number);
      assertThat(TaskJson.write(task).toString()).contains("\"expected\":" + number);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\"\"", "\"  \"", "[]", "{}", "[\"yes\",\"\"]", "[null]", "[[]]", "[\"a\",{}]"})
  void an_empty_expected_output_is_refused_for_nothing_could_be_right(String expected) {
    assertThatThrownBy(() -> TaskJson.read("{\"input\":\"x\",\"expected\":" + expected + "}"))
        .hasMessageContaining("LB-2010");
  }

  @Test
  void the_feedback_names_all_that_would_have_been_right() throws Exception {
    Task task = TaskJson.read("{\"input\":\"x\",\"expected\":[\"yes\",\"y\",1]}");
    Grader grader =
        ((GradedBy.Rule) GradedBy.of(GraderChoice.AUTO, null, List.of(task), true)).grader();

    assertThat(grader.name()).isEqualTo("exact");
    assertThat(grader.grade(task, "no").feedback())
        .isEqualTo(
            "0 of 1 as expected. Wrong: expected exactly \"yes\"; or: expected exactly \"y\";"
                + " or: expected the number 1 and nothing else.");
  }

  @Test
  void a_judge_is_shown_all_that_is_right() throws Exception {
    Task task = TaskJson.read("{\"input\":\"x\",\"expected\":[\"yes\",12.50]}");
    assertThat(JudgePrompt.user(task, "no").text())
        .contains("# Expected: any one of these\n")
        .contains("yes")
        .contains("12.50");
  }

  @Test
  void a_text_of_a_plan_that_an_earlier_release_kept_is_read_as_a_text() {
    Task task =
        Json.read(
            "{\"id\":\"t\",\"input\":\"x\",\"expected\":\"[\\\"a\\\"]\",\"checks\":[],\"source\":\"PROVIDED\"}",
            Task.class);
    assertThat(task.expected()).isEqualTo(new Expected.Text("[\"a\"]"));
  }
}
