package dev.lightningbridge.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lightningbridge.dataset.InputShape;
import dev.lightningbridge.dataset.Message;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.dataset.TaskSource;
import dev.lightningbridge.model.ModelEndpoint;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What an agent of agentlightning is given. */
class AglRolloutTest {
  private static Task task(@Nullable InputShape shape) {
    return new Task("t1", "text", null, List.of(), null, TaskSource.PROVIDED, null, shape);
  }

  private static String template(String prompt, Task task) {
    return AglRollout.resources(
            prompt, task, new ModelEndpoint(URI.create("http://127.0.0.1:9/v1"), "t"), "m")
        .at("/prompt_template/template")
        .asText();
  }

  private static InputShape values(String... pairs) {
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      values.put(pairs[i], pairs[i + 1]);
    }
    return new InputShape.Values(values);
  }

  @Test
  void braces_that_are_no_places_are_doubled_so_that_format_gives_them_back() {
    assertThat(template("Answer {\"queue\": \"x\"} for {name} and {{name}}.", task(null)))
        .isEqualTo("Answer {{\"queue\": \"x\"}} for {{name}} and {{{{name}}}}.");
  }

  @Test
  void values_stand_in_their_places_of_either_form_and_are_read_once() {
    assertThat(
            template(
                "From {{ from }} to {to}, by {by}: {\"a\": {n}}",
                task(values("from", "{to}", "to", "Ulm {{from}}", "n", "3"))))
        .isEqualTo("From {{to}} to Ulm {{{{from}}}}, by {{by}}: {{\"a\": 3}}");
  }

  @Test
  void values_stand_beside_the_input_and_go_before_its_own_members() {
    assertThat(AglRollout.input(task(values("city", "Ulm", "id", "7"))))
        .hasToString("{\"id\":\"7\",\"input\":{\"city\":\"Ulm\",\"id\":\"7\"},\"city\":\"Ulm\"}");
  }

  @Test
  void a_conversation_is_its_list_of_messages() {
    assertThat(AglRollout.input(task(new InputShape.Chat(List.of(new Message("user", "Hi"))))))
        .hasToString("{\"id\":\"t1\",\"input\":[{\"role\":\"user\",\"content\":\"Hi\"}]}");
  }
}
