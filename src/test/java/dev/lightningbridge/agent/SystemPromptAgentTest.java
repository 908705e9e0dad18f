package dev.lightningbridge.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lightningbridge.dataset.Message;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.dataset.TaskSource;
import dev.lightningbridge.dataset.tasks.TaskJson;
import dev.lightningbridge.model.ModelException;
import dev.lightningbridge.model.ModelException.Kind;
import dev.lightningbridge.model.ModelRole;
import java.util.List;
import org.junit.jupiter.api.Test;

class SystemPromptAgentTest {
  private static final String PROMPT =
      "Answer {\"answer\": 1} {x.__class__} {0!r} %s 🚀 \\n ${x}\n";
  private static final Task TASK =
      new Task("t1", "What is {input}?", null, List.of(), null, TaskSource.CAPTURED);

  @Test
  void sends_prompt_and_input_verbatim_with_the_versions_own_settings() throws Exception {
    ScriptedModel model = ScriptedModel.saying("  an answer\n");

    var output = new SystemPromptAgent(model, "azure/gpt-4o", 0.2, 99).run(PROMPT, TASK);

    assertThat(model.requests()).hasSize(1);
    assertThat(model.requests().get(0).role()).isEqualTo(ModelRole.WORKER);
    ObjectNode body = model.requests().get(0).body();
    assertThat(body.path("messages").path(0).path("content").textValue()).isEqualTo(PROMPT);
    assertThat(body.path("messages").path(1).path("content").textValue()).isEqualTo(TASK.input());
    assertThat(body.path("model").textValue()).isEqualTo("azure/gpt-4o");
    assertThat(body.path("temperature").doubleValue()).isEqualTo(0.2);
    assertThat(body.path("max_tokens").intValue()).isEqualTo(99);
    assertThat(output.text()).isEqualTo("  an answer\n");
    assertThat(output.messages())
        .containsExactly(
            new Message("system", PROMPT),
            new Message("user", TASK.input()),
            new Message("assistant", "  an answer\n"));
  }

  @Test
  void sends_training_camps_defaults_and_never_top_p() throws Exception {
    ScriptedModel model = ScriptedModel.saying("ok");

    new SystemPromptAgent(model, "m", null, null).run(PROMPT, TASK);

    ObjectNode body = model.requests().get(0).body();
    assertThat(body.path("temperature").doubleValue()).isEqualTo(0.7);
    assertThat(body.path("max_tokens").intValue()).isEqualTo(2048);
    assertThat(body.fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder("model", "messages", "temperature", "max_tokens");
  }

  @Test
  void a_conversation_so_far_is_sent_under_the_prompt_and_values_in_its_places() throws Exception {
    ScriptedModel model = ScriptedModel.saying("ok");
    SystemPromptAgent agent = new SystemPromptAgent(model, "m", null, null);
    Task chat =
        TaskJson.read(
            "{\"input\":[{\"role\":\"user\",\"content\":\"Hi\"},{\"role\":\"assistant\",\"content\":\"Yes?\"},"
                + "{\"role\":\"user\",\"content\":\"Help.\"}]}");
    Task values = TaskJson.read("{\"input\":{\"who\":\"Ann {{what}}\",\"what\":\"x\"}}");

    var output = agent.run("Be kind.", chat);
    agent.run("Greet {{who}} for {{what}}.", values);

    assertThat(output.messages())
        .extracting(Message::role)
        .containsExactly("system", "user", "assistant", "user", "assistant");
    assertThat(model.requests().get(0).body().path("messages"))
        .hasToString(
            "[{\"role\":\"system\",\"content\":\"Be kind.\"},{\"role\":\"user\",\"content\":\"Hi\"},"
                + "{\"role\":\"assistant\",\"content\":\"Yes?\"},{\"role\":\"user\",\"content\":\"Help.\"}]");
    assertThat(model.requests().get(1).body().path("messages"))
        .hasToString("[{\"role\":\"user\",\"content\":\"Greet Ann {{what}} for x.\"}]");
  }

  @Test
  void a_call_without_an_answer_is_no_output() {
    ScriptedModel model =
        new ScriptedModel(
            request -> {
              throw new ModelException(Kind.EMPTY_ANSWER, "nothing said");
            });

    assertThatThrownBy(() -> new SystemPromptAgent(model, "m", null, null).run(PROMPT, TASK))
        .hasMessage("nothing said");
  }

  @Test
  void a_cut_off_answer_is_an_output() throws Exception {
    ScriptedModel model = new ScriptedModel(r -> ScriptedModel.answer("the beginn", "length"));

    assertThat(new SystemPromptAgent(model, "m", null, null).run(PROMPT, TASK).text())
        .isEqualTo("the beginn");
  }
}
