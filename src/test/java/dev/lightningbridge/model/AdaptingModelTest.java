package dev.lightningbridge.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.model.ModelException.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests meet the errors of real endpoints, and go on in the form that these take. */
class AdaptingModelTest {
  private final List<ObjectNode> sent = Collections.synchronizedList(new ArrayList<>());
  private final List<String> notices = new ArrayList<>();

  /** Each error as the endpoint sends it, and what the request that it then takes must be like. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        // OpenAI's reasoning models
        "{\"error\":{\"message\":\"Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.\",\"param\":\"max_tokens\",\"code\":\"unsupported_parameter\"}} | max_tokens | max_completion_tokens",
        "{\"error\":{\"message\":\"Unsupported value: 'temperature' does not support 0.3 with this model. Only the default (1) value is supported.\",\"param\":\"temperature\",\"code\":\"unsupported_value\"}} | temperature |",
        "{\"error\":{\"message\":\"Unsupported parameter: 'top_p' is not supported with this model.\",\"param\":\"top_p\"}} | top_p |",
        // Anthropic's newer models
        "{\"error\":{\"message\":\"`temperature` and `top_p` cannot both be specified for this model. Please use only one.\"}} | temperature |",
        // FastAPI, strict
        "{\"detail\":[{\"type\":\"extra_forbidden\",\"loc\":[\"body\",\"max_tokens\"],\"msg\":\"Extra inputs are not permitted\"}]} | max_tokens | max_completion_tokens",
        "{\"detail\":[{\"type\":\"extra_forbidden\",\"loc\":[\"body\",\"seed\"],\"msg\":\"Extra inputs are not permitted\"}]} | seed |",
        // vLLM
        "{\"object\":\"error\",\"message\":\"[{'type': 'extra_forbidden', 'loc': ('body', 'response_format'), 'msg': 'Extra inputs are not permitted'}]\",\"code\":400} | response_format |",
        // LM Studio
        "{\"error\":\"'response_format.type' must be 'json_schema' or 'text'\"} | response_format |",
        // Groq
        "{\"error\":{\"message\":\"'n' : number must be at most 1\",\"type\":\"invalid_request_error\"}} | n |",
        "{\"error\":{\"message\":\"Failed to generate JSON. Please adjust your prompt. See 'failed_generation' for more details.\",\"code\":\"json_validate_failed\"}} | response_format |",
        // LiteLLM
        "{\"error\":{\"message\":\"litellm.UnsupportedParamsError: azure does not support parameters: ['temperature'], for model=o3-mini.\",\"code\":\"400\"}} | temperature |",
        // Mistral
        "{\"object\":\"error\",\"message\":{\"detail\":[{\"type\":\"extra_forbidden\",\"loc\":[\"body\",\"seed\"],\"msg\":\"Extra inputs are not permitted\",\"input\":1}]},\"type\":\"invalid_request_error\"} | seed |",
      })
  void a_parameter_that_a_model_does_not_take_is_renamed_or_left_out(
      String error, String gone, @Nullable String instead) throws ModelException {
    AdaptingModel model = adapting(refusing(error, body -> body.has(gone)));

    model.complete(request());
    model.complete(request());

    assertThat(sent).hasSize(3);
    assertThat(sent.getLast().has(gone)).isFalse();
    if (instead != null) {
      assertThat(sent.getLast().path(instead).asInt()).isEqualTo(2048);
    }
    assertThat(notices).hasSize(1).first().asString().contains("some-model", gone);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "400 | {\"object\":\"error\",\"message\":\"System role not supported\",\"code\":400}",
        "400 | {\"error\":{\"message\":\"Developer instruction is not enabled for models/gemma-3-27b-it\",\"status\":\"INVALID_ARGUMENT\"}}",
        "400 | {\"error\":{\"message\":\"Unsupported value: 'messages[0].role' does not support 'system' with this model.\",\"param\":\"messages[0].role\"}}",
        "400 | {\"object\":\"error\",\"message\":\"Conversation roles must alternate user/assistant/user/assistant/...\"}",
        "500 | {\"error\":{\"code\":500,\"message\":\"System role not supported at row 1, column 118\",\"type\":\"server_error\"}}",
      })
  void a_model_without_a_system_role_gets_the_text_before_the_users(int status, String error)
      throws ModelException {
    AdaptingModel model =
        adapting(
            refusing(status, error, body -> body.at("/messages/0/role").asText().equals("system")));

    model.complete(request());

    ObjectNode last = sent.getLast();
    assertThat(last.path("messages")).hasSize(1);
    assertThat(last.at("/messages/0/role").asText()).isEqualTo("user");
    assertThat(last.at("/messages/0/content").asText()).isEqualTo("Be brief.\n\nWhat is it?");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "This model only support stream mode, please enable the stream parameter to access the model.",
        // DashScope and ModelScope: Qwen3
        "parameter.enable_thinking must be set to false for non-streaming calls",
        "enable thinking can not be support when `stream=False`.",
      })
  void a_model_that_answers_only_in_a_stream_is_asked_for_one(String message)
      throws ModelException {
    AdaptingModel model =
        adapting(
            refusing(
                "{\"error\":{\"message\":" + Json.write(message) + "}}",
                body -> !body.path("stream").asBoolean()));

    model.complete(request());

    assertThat(sent.getLast().path("stream").asBoolean()).isTrue();
    assertThat(sent.getLast().at("/stream_options/include_usage").asBoolean()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        // vLLM
        "'max_tokens' or 'max_completion_tokens' is too large: 2048. This model's maximum context length is 2048 tokens and your request has 150 input tokens (2048 > 2048 - 150). | 1898",
        // OpenAI
        "max_tokens is too large: 2048. This model supports at most 1024 completion tokens, whereas you provided 2048. | 1024",
        "This model's maximum context length is 2100 tokens. However, you requested 2548 tokens (500 in the messages, 2048 in the completion). Please reduce the length of the messages or completion. | 1600",
        // Groq
        "`max_tokens` must be less than or equal to `1,024`, the maximum value for `max_tokens` is less than the `context_window` for this model | 1024",
        // Anthropic
        "max_tokens: 2048 > 1000, which is the maximum allowed number of output tokens for claude-x | 1000",
        // DeepSeek
        "Invalid max_tokens value, the valid range of max_tokens is [1, 1500] | 1500",
        // Together
        "Input validation error: `inputs` tokens + `max_new_tokens` must be <= 2193. Given: 600 `inputs` tokens and 2048 `max_new_tokens` | 1593",
        // vLLM, which does not count on once it is too much
        "This model's maximum context length is 2048 tokens. However, you requested 2048 output tokens and your prompt contains at least 1 input tokens, for a total of at least 2049 tokens. Please reduce the length of the input prompt or the number of requested output tokens. (max_tokens) | 1024",
        // nobody's numbers
        "max_tokens is too high | 1024",
      })
  void a_limit_that_is_too_high_is_lowered_to_what_fits(String message, int most)
      throws ModelException {
    String error = "{\"error\":{\"message\":" + Json.write(message) + "}}";
    AdaptingModel model = adapting(refusing(error, body -> body.path("max_tokens").asInt() > most));

    model.complete(request());

    assertThat(sent).hasSize(2);
    assertThat(sent.getLast().path("max_tokens").asInt()).isEqualTo(most);
  }

  @ParameterizedTest
  @CsvSource({"413, 2148, 1400", "429, 2548, 1000"})
  void a_limit_that_the_tokens_of_a_minute_have_no_room_for_is_lowered(
      int status, int requested, int most) throws ModelException {
    String error =
        """
        {"error": {"message": "Request too large for m on tokens per minute (TPM): Limit 1,500,\
         Requested %d, please reduce your message size and try again.", "type": "tokens",
         "code": "rate_limit_exceeded"}}"""
            .formatted(requested);
    AdaptingModel model =
        adapting(refusing(status, error, body -> body.path("max_tokens").asInt() > most));

    model.complete(request());

    assertThat(sent.getLast().path("max_tokens").asInt()).isEqualTo(most);
    assertThat(notices).hasSize(1);
  }

  @Test
  void a_model_that_thinks_gets_room_for_it_and_keeps_it() throws ModelException {
    AdaptingModel model = adapting(AdaptingModelTest::thinksLong);

    assertThat(catchThrowableOfType(ModelException.class, () -> model.complete(request())).kind())
        .isEqualTo(Kind.LIMIT_RAISED);
    model.complete(request());
    model.complete(request());

    assertThat(sent)
        .extracting(b -> b.path("max_tokens").asInt())
        .containsExactly(2048, 6144, 6144);
    assertThat(notices).hasSize(1);
  }

  @Test
  void an_answer_that_was_cut_off_is_paid_for_as_a_call_of_its_own() throws ModelException {
    try (ModelGateway gateway =
        ModelGateway.before(adapting(AdaptingModelTest::thinksLong)).build()) {
      assertThat(gateway.complete(request()).text()).isEqualTo("It is.");

      assertThat(gateway.spent().calls()).isEqualTo(2);
      assertThat(gateway.spent().completionTokens()).isGreaterThan(2_000);
    }
  }

  @Test
  void a_model_that_uses_up_every_limit_ends_as_cut_off() {
    AdaptingModel model =
        adapting(
            request -> {
              throw new ModelException(Kind.CUT_OFF, "used up");
            });
    try (ModelGateway gateway = ModelGateway.before(model).build()) {
      ModelException end =
          catchThrowableOfType(ModelException.class, () -> gateway.complete(request()));

      assertThat(end.kind()).isEqualTo(Kind.CUT_OFF);
      assertThat(sent).hasSize(4);
    }
  }

  @Test
  void an_error_that_says_that_the_limit_was_used_up_raises_it() {
    AdaptingModel model =
        adapting(
            refusing(
                "{\"error\":{\"message\":\"Could not finish the message because max_tokens or model output limit was reached. Please try again with higher max_tokens.\"}}",
                body -> body.path("max_tokens").asInt() < 6_000));
    try (ModelGateway gateway = ModelGateway.before(model).build()) {
      assertThat(catchThrowable(() -> gateway.complete(request()))).isNull();
    }
    assertThat(sent).extracting(b -> b.path("max_tokens").asInt()).containsExactly(2048, 6144);
  }

  private static ChatAnswer thinksLong(ChatRequest request) throws ModelException {
    if (request.body().path("max_tokens").asInt() < 6_000) {
      throw new ModelException(Kind.CUT_OFF, "used up");
    }
    return answer();
  }

  @Test
  void a_model_whose_first_answer_holds_thoughts_gets_room_for_more_of_them()
      throws ModelException {
    AdaptingModel model =
        adapting(
            request -> {
              ChatAnswer answer = answer();
              answer
                  .body()
                  .putObject("usage")
                  .putObject("completion_tokens_details")
                  .put("reasoning_tokens", 1000);
              return answer;
            });

    model.complete(request());
    model.complete(request());

    assertThat(sent).extracting(b -> b.path("max_tokens").asInt()).containsExactly(2048, 5048);
  }

  @Test
  void a_limit_that_a_person_has_set_stays() {
    AdaptingModel model =
        new AdaptingModel(
            noted(
                request -> {
                  throw new ModelException(Kind.CUT_OFF, "used up");
                }),
            false,
            notices::add);

    ModelException e = catchThrowableOfType(ModelException.class, () -> model.complete(request()));

    assertThat(e.kind()).isEqualTo(Kind.CUT_OFF);
    assertThat(sent).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "400 | {\"error\":{\"message\":\"Something about the weather\"}}",
        "400 | {\"error\":{\"message\":\"This model's maximum context length is 8192 tokens. However, your messages resulted in 9000 tokens.\",\"code\":\"context_length_exceeded\"}}",
        "401 | {\"error\":{\"message\":\"'temperature' of the key is wrong\"}}",
        "500 | {\"error\":{\"message\":\"max_tokens crashed\"}}",
        "400 | <html><body>max_tokens temperature</body></html>",
      })
  void an_error_that_names_nothing_of_the_request_stays_one(int status, String error) {
    AdaptingModel model = adapting(refusing(status, error, body -> true));

    assertThat(catchThrowableOfType(ModelException.class, () -> model.complete(request())))
        .isNotNull();
    assertThat(sent).hasSize(1);
    assertThat(notices).isEmpty();
  }

  @Test
  void a_model_that_complains_for_ever_is_asked_only_so_often() {
    AdaptingModel model =
        adapting(refusing("{\"error\":{\"message\":\"max_tokens is too large\"}}", body -> true));

    assertThat(catchThrowableOfType(ModelException.class, () -> model.complete(request())))
        .isNotNull();
    assertThat(sent).hasSizeLessThan(10);
  }

  @Test
  void each_model_has_a_form_of_its_own_and_the_callers_request_stays_as_it_is()
      throws ModelException {
    AdaptingModel model =
        adapting(
            refusing(
                "{\"error\":{\"message\":\"no\",\"param\":\"temperature\"}}",
                body ->
                    body.path("model").asText().equals("some-model") && body.has("temperature")));
    ChatRequest request = request();

    model.complete(request);
    model.complete(request().withModel("other"));

    assertThat(request.body().has("temperature")).isTrue();
    assertThat(sent.getLast().has("temperature")).isTrue();
  }

  private AdaptingModel adapting(ChatModel endpoint) {
    return new AdaptingModel(noted(endpoint), true, notices::add);
  }

  private ChatModel noted(ChatModel endpoint) {
    return request -> {
      sent.add(request.body());
      return endpoint.complete(request);
    };
  }

  private static ChatModel refusing(String error, Function<ObjectNode, Boolean> refused) {
    return refusing(400, error, refused);
  }

  private static ChatModel refusing(
      int status, String error, Function<ObjectNode, Boolean> refused) {
    return request -> {
      if (refused.apply(request.body())) {
        throw EndpointFailure.of(status, error, null);
      }
      return answer();
    };
  }

  private static ChatAnswer answer() {
    ObjectNode body = Json.mapper().createObjectNode();
    body.putArray("choices").addObject().putObject("message").put("content", "It is.");
    return new ChatAnswer(body, new Usage(1, 1, false));
  }

  private static ChatRequest request() {
    ChatRequest request =
        ChatRequest.of(ModelRole.WORKER, "some-model", "Be brief.", "What is it?", 0.3);
    request.body().put("max_tokens", 2048).put("top_p", 1).put("seed", 1).put("n", 1);
    request.body().putObject("response_format").put("type", "json_object");
    return request;
  }
}
