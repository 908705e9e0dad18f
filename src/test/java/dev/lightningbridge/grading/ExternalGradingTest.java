package dev.lightningbridge.grading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lightningbridge.common.Json;
import dev.lightningbridge.dataset.Expected;
import dev.lightningbridge.dataset.Message;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.dataset.TaskSource;
import dev.lightningbridge.dataset.tasks.TaskJson;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExternalGradingTest {
  private static final ExternalGrader GRADER =
      new ExternalGrader.Command("grade.py", List.of("grade.py"), Path.of("."), 60);
  private static final Task TASK = RuleGraderTest.task("42");

  private final List<String> questions = new ArrayList<>();

  /** Grades kept in memory. */
  static final class Kept implements GradeJournal {
    private final Map<String, Grade> grades = new ConcurrentHashMap<>();

    @Override
    public Optional<Grade> find(String key) {
      return Optional.ofNullable(grades.get(key));
    }

    @Override
    public Grade keep(String key, Grade grade) {
      grades.putIfAbsent(key, grade);
      return grades.get(key);
    }
  }

  private ExternalGrading answering(String answer, GradeJournal journal) {
    return new ExternalGrading(
        GRADER,
        question -> {
          questions.add(question);
          return answer;
        },
        journal);
  }

  private ExternalGrading answering(String answer) {
    return answering(answer, new Kept());
  }

  @Test
  void it_is_told_task_input_expected_output_and_messages() throws Exception {
    answering("{\"reward\": 1}")
        .grade(TASK, "43", List.of(new Message("user", "in"), new Message("assistant", "43")));

    assertThat(Json.mapper().readTree(questions.getFirst()))
        .isEqualTo(
            Json.mapper()
                .readTree(
                    """
                    {"task": "t1", "input": "in", "expected": "42", "output": "43", "messages": [
                      {"role": "user", "content": "in"}, {"role": "assistant", "content": "43"}]}
                    """));
  }

  @ParameterizedTest
  @ValueSource(strings = {"12.50", "[\"yes\",\"Yes.\"]", "{\"order\":17}"})
  void it_is_told_what_is_expected_as_it_was_written(String expected) throws Exception {
    Task task =
        new Task(
            "t1",
            "in",
            Expected.ofJson(expected).orElseThrow(),
            List.of(),
            null,
            TaskSource.PROVIDED,
            null);
    answering("{\"reward\": 1}").grade(task, "43");

    assertThat(questions.getFirst()).contains("\"expected\":" + expected + ",");
  }

  @Test
  void a_conversation_is_told_as_it_was_given() throws Exception {
    String said =
        """
        [{"role":"user","content":"Hi"},{"role":"assistant","content":"Hello"},
         {"role":"user","content":"Who?"}]
        """;
    answering("{\"reward\": 1}").grade(TaskJson.read("{\"input\":" + said + "}"), "Me");

    assertThat(Json.mapper().readTree(questions.getFirst()).path("input"))
        .isEqualTo(Json.mapper().readTree(said));
  }

  @Test
  void its_reward_and_its_note_are_the_grade() throws Exception {
    assertThat(answering("{\"reward\": 0.25, \"note\": \"One off.\"}\n").grade(TASK, "43"))
        .isEqualTo(new Grade(0.25, "One off."));
    assertThat(answering("{\"reward\": 0, \"note\": null, \"more\": 3}").grade(TASK, "x"))
        .isEqualTo(new Grade(0, ""));
    assertThat(answering("{\"reward\": 1}").name()).isEqualTo("grade.py");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                              | no JSON: nothing
          1 of 2                          | no JSON: "1 of 2"
          {"reward": 1} {"reward": 0}     | no JSON
          {"reward": NaN}                 | no JSON
          {}                              | no number as its "reward"
          {"reward": "0.5"}               | no number as its "reward"
          {"reward": true}                | no number as its "reward"
          0.5                             | no number as its "reward"
          {"reward": 1.01}                | a reward outside of 0 to 1: "{"reward": 1.01}"
          {"reward": -0.01}               | a reward outside of 0 to 1
          {"reward": 1e400}               | a reward outside of 0 to 1
          {"reward": 1, "note": ["x"]}    | a "note" that is no text
          """)
  void what_is_no_grade_is_a_failure_and_never_a_zero(String answer, String why) {
    assertThatThrownBy(() -> answering(answer).grade(TASK, "43"))
        .isInstanceOfSatisfying(
            GradingException.class,
            e -> {
              assertThat(e).hasMessageContaining("the grader \"grade.py\" answered " + why);
              assertThat(e.failure().role()).isEqualTo("grader");
              assertThat(e.failure().kind()).isEqualTo("GRADER_BAD_ANSWER");
              assertThat(e.failure().remedy()).contains("docs/guides/graders.md");
            });
  }

  @Test
  void what_it_was_asked_once_it_is_not_asked_again_in_another_process_either() throws Exception {
    Kept journal = new Kept();
    answering("{\"reward\": 0.5}", journal).grade(TASK, "43");
    ExternalGrading resumed = answering("{\"reward\": 1}", journal);

    assertThat(resumed.grade(TASK, "43").reward()).isEqualTo(0.5);
    assertThat(questions).hasSize(1);
    assertThat(resumed.grade(TASK, "44").reward()).isEqualTo(1);
    assertThat(resumed.grade(TASK, "43", List.of(new Message("user", "in"))).reward())
        .as("the conversation is asked about too")
        .isEqualTo(1);
  }

  @Test
  void a_failure_is_not_kept() throws Exception {
    Kept journal = new Kept();
    assertThatThrownBy(() -> answering("", journal).grade(TASK, "43"))
        .isInstanceOf(GradingException.class);

    assertThat(answering("{\"reward\": 0.5}", journal).grade(TASK, "43").reward()).isEqualTo(0.5);
  }

  @Test
  void a_note_of_any_length_is_cut() throws Exception {
    String note = "x".repeat(100_000);
    assertThat(
            answering(Json.write(Map.of("reward", 1, "note", note))).grade(TASK, "43").feedback())
        .hasSize(4_000);
  }
}
