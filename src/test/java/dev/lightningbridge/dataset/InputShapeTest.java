package dev.lightningbridge.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lightningbridge.common.Json;
import dev.lightningbridge.dataset.tasks.TaskJson;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InputShapeTest {
  private static final String CHAT =
      """
      [{"role":"user","content":"Hi"},{"role":"assistant","content":"Hello!"},
       {"role":"user","content":"Where is {{it}}?"}]
      """;

  private static Task task(String input) throws TaskJson.Invalid {
    return TaskJson.read("{\"id\":\"t\",\"input\":" + input + "}");
  }

  @Test
  void a_conversation_stands_under_the_prompt_as_it_is() throws Exception {
    Task task = task(CHAT);

    assertThat(task.input()).isEqualTo("User: Hi\n\nAssistant: Hello!\n\nUser: Where is {{it}}?");
    assertThat(Opening.of("Be {{kind}}.", task))
        .containsExactly(
            new Message("system", "Be {{kind}}."),
            new Message("user", "Hi"),
            new Message("assistant", "Hello!"),
            new Message("user", "Where is {{it}}?"));
    assertThat(Opening.of("", task)).hasSize(3);
  }

  @Test
  void a_shape_is_the_same_when_it_is_written_and_read_or_kept_with_a_run() throws Exception {
    for (String input : List.of(CHAT, "{\"b\":\"x\",\"a\":12.50,\"c\":null}")) {
      Task task = task(input);
      assertThat(TaskJson.read(TaskJson.write(task).toString()).shape()).isEqualTo(task.shape());
      Task kept = Json.read(Json.write(task), Task.class);
      assertThat(kept).isEqualTo(task);
      assertThat(kept.given()).isEqualTo(task.given());
    }
  }

  @Test
  void a_conversation_of_one_message_is_a_text_and_the_systems_message_is_left_out()
      throws Exception {
    Task task =
        task(
            """
            [{"role":"system","content":"x"},
             {"role":"user","content":[{"type":"text","text":"one"},{"type":"text","text":"two"}]}]
            """);
    assertThat(task.shape()).isNull();
    assertThat(task.input()).isEqualTo("one\ntwo");
  }

  @Test
  void what_the_assistant_says_last_is_expected_where_nothing_else_says_so() throws Exception {
    String messages =
        "[{\"role\":\"user\",\"content\":\"q\"},{\"role\":\"assistant\",\"content\":\"a\"}]";
    assertThat(TaskJson.read("{\"messages\":" + messages + "}").expectedText()).isEqualTo("a");
    assertThat(TaskJson.read("{\"input\":" + messages + ",\"expected\":1}").expectedText())
        .isEqualTo("1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\"}]}] | LB-2013",
        "[{\"type\":\"text\",\"text\":\"a\"},{\"type\":\"image_url\"}] | LB-2013",
        "[{\"role\":\"user\",\"content\":\"a\"},{\"role\":\"assistant\",\"content\":null}] | LB-2013",
        "[{\"role\":\"narrator\",\"content\":\"a\"}] | LB-2013",
        "[1, 2] | LB-2013",
        "[{\"role\":\"system\",\"content\":\"a\"}] | LB-2005",
        "[] | LB-2005",
        "{} | LB-2005",
        "{\"a\":null,\"b\":\" \"} | LB-2005",
        "7 | LB-2005"
      })
  void an_input_that_cannot_be_sent_is_named(String input, String code) {
    assertThatThrownBy(() -> task(input)).hasMessageContaining(code);
  }

  @Test
  void values_go_into_the_places_literally_and_once() throws Exception {
    Task task = task("{\"who\":\"{{what}} $1 \\\\\",\"what\":\"{{who}}\"}");

    assertThat(Opening.of("To {{ who }}: {{what}}, {{who}} and {{other}} {who}", task))
        .containsExactly(
            new Message("user", "To {{what}} $1 \\: {{who}}, {{what}} $1 \\ and {{other}} {who}"));
  }

  @Test
  void values_without_a_place_stand_under_the_prompt() throws Exception {
    Task task = task("{\"a\":\"1\",\"b\":\"2\",\"c\":true}");

    assertThat(Opening.of("Use {{b}}.", task))
        .containsExactly(new Message("system", "Use 2."), new Message("user", "a: 1\nc: true"));
    assertThat(Opening.of("Answer.", task("{\"question\":\"Why?\"}")))
        .containsExactly(new Message("system", "Answer."), new Message("user", "Why?"));
    assertThat(task.input()).isEqualTo("a: 1\nb: 2\nc: true");
  }

  @Test
  void places_without_a_value_and_values_without_a_place_are_counted() throws Exception {
    List<Task> tasks =
        List.of(task("{\"a\":\"1\",\"b\":\"2\"}"), task("{\"a\":\"1\"}"), task("\"text\""));

    assertThat(PlaceRemarks.of("{{a}} {{c}}", tasks))
        .containsExactly(
            "The prompt's place {{c}} has no value in 3 of 3 tasks; it is sent as it stands there.",
            "The prompt's place {{a}} has no value in 1 of 3 tasks; it is sent as it stands there.",
            "The value \"b\" of 1 of 3 tasks has no place {{b}} in the prompt; it is sent as the"
                + " user's message.");
    assertThat(PlaceRemarks.of("No places.", List.of(task("\"text\"")))).isEmpty();
  }

  @Test
  void a_text_of_a_plan_that_an_earlier_release_kept_has_no_shape() {
    Map<String, Object> kept = new LinkedHashMap<>();
    kept.put("id", "t");
    kept.put("input", "x");
    kept.put("checks", List.of());
    kept.put("source", "CAPTURED");
    assertThat(Json.read(Json.write(kept), Task.class).shape()).isNull();
  }
}
