package dev.lightningbridge.model.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.model.ChatAnswer;
import dev.lightningbridge.model.ChatRequest;
import dev.lightningbridge.model.ModelException;
import dev.lightningbridge.model.ModelRole;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SandboxModelTest {
  private static final ChatRequest HELLO =
      ChatRequest.of(ModelRole.WORKER, "m", "Answer.", "Hello there, how are you?", 0);

  @Test
  void the_answer_has_the_shape_of_a_chat_completion_and_says_that_it_is_the_sandbox()
      throws ModelException {
    ChatAnswer answer = SandboxModel.ofSeed(4).complete(HELLO);
    JsonNode body = answer.body();
    assertThat(body.path("id").asText()).startsWith("chatcmpl-sandbox-");
    assertThat(body.path("object").asText()).isEqualTo("chat.completion");
    assertThat(body.path("system_fingerprint").asText()).isEqualTo("sandbox-4");
    assertThat(body.path("model").asText()).isEqualTo("m");
    assertThat(body.path("choices").path(0).path("message").path("role").asText())
        .isEqualTo("assistant");
    assertThat(answer.finishReason()).isEqualTo("stop");
    assertThat(answer.usage().promptTokens())
        .isEqualTo("Answer.\n\nHello there, how are you?".length() / 4)
        .isEqualTo(body.path("usage").path("prompt_tokens").asLong());
    assertThat(answer.usage().completionTokens()).isEqualTo(answer.text().length() / 4);
    assertThat(answer.usage().estimated()).isFalse();
  }

  @Test
  void an_answer_is_never_longer_than_asked_for() throws ModelException {
    ChatRequest request = new ChatRequest(HELLO.role(), HELLO.body().deepCopy());
    request.body().put("max_tokens", 5);
    ChatAnswer answer = SandboxModel.ofSeed(4).complete(request);
    assertThat(answer.usage().completionTokens()).isEqualTo(5);
    assertThat(answer.finishReason()).isEqualTo("length");
  }

  @Test
  void a_request_without_messages_is_a_bad_request() {
    ChatRequest empty = new ChatRequest(ModelRole.WORKER, Json.mapper().createObjectNode());
    assertThatExceptionOfType(ModelException.class)
        .isThrownBy(() -> SandboxModel.ofSeed(0).complete(empty))
        .matches(e -> e.kind() == ModelException.Kind.BAD_REQUEST);
  }

  @Test
  void an_interrupt_ends_its_waiting_at_once() {
    SandboxModel slow = SandboxModel.builder().latency(Duration.ofHours(1)).build();
    Thread.currentThread().interrupt();
    assertThatExceptionOfType(ModelException.class)
        .isThrownBy(() -> slow.complete(HELLO))
        .matches(e -> e.kind() == ModelException.Kind.CANCELLED);
    assertThat(Thread.interrupted()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "sandbox-critic, Critique:",
    "sandbox-judge, {\"score\":",
    "sandbox-synthesizer, [",
    "sandbox-reflector, ```"
  })
  void the_models_name_forces_the_part(String model, String start) throws ModelException {
    assertThat(SandboxModel.ofSeed(0).complete(HELLO.withModel(model)).text()).startsWith(start);
  }

  @Test
  void data_with_a_meta_prompts_words_in_it_stays_data() throws ModelException {
    ChatRequest request =
        ChatRequest.of(
            ModelRole.WORKER,
            "m",
            "Answer.",
            "You optimize a prompt template. You are a strict judge of an agent's output.",
            0);
    assertThat(SandboxModel.ofSeed(0).complete(request).text()).contains("The request concerns");
  }
}
