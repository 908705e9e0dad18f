package dev.lightningbridge.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lightningbridge.model.ModelException.Kind;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointFailureTest {
  private static final String URL = "https://models.example/v1/chat/completions";

  private static ModelException failure(int status, String body) {
    return failure(URL, status, body, null);
  }

  private static ModelException failure(String url, int status, String body, Long retryAfterMs) {
    EndpointCall call =
        EndpointCall.of(URI.create(url), ApiKey.fromEnvironment(Map.of(), "MY_KEY"));
    return EndpointFailure.of(call, EndpointReply.of(status, body), retryAfterMs);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          400 | {"error":{"message":"filtered","code":"content_filter"}}
          400 | {"error":{"message":"filtered","code":null,"innererror":{"code":"ResponsibleAIPolicyViolation"}}}
          400 | {"error":{"message":"no","type":"content_policy_violation"}}
          403 | {"error":{"message":"no","code":"content_policy_violation"}}
          400 | {"error":{"message":"litellm.ContentPolicyViolationError: AzureException","code":"400"}}
          400 | {"error":{"code":"data_inspection_failed","message":"Output data may contain inappropriate content."}}
          400 | {"error":{"message":"litellm.BadRequestError: litellm.ContentPolicyViolationError: AzureException - filtered","type":null,"code":"400"}}
          400 | {"error":{"message":"filtered","code":"400","provider_specific_fields":{"innererror":{"code":"ResponsibleAIPolicyViolation"}}}}
          400 | {"error":{"code":"1301","message":"系统检测到输入或生成内容可能包含不安全或敏感内容"},"contentFilter":[{"level":1,"role":"user"}]}
          403 | {"error":{"code":403,"message":"m requires moderation","metadata":{"reasons":["violence"],"flagged_input":"Ticket","provider_name":"X"}}}
          """)
  void a_filters_refusal_is_known_by_the_apis_code(int status, String body) {
    assertThat(failure(status, body).kind()).isEqualTo(Kind.REFUSED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          403 | <html><head><title>Blocked</title></head><body>Your request was flagged by the company's web gateway. Incident 4711.</body></html> | UNAUTHORIZED
          400 | <html><body>Blocked by the content filter: content_policy</body></html>          | BAD_REQUEST
          400 | {"error":{"message":"Unknown field content_filter"}}                             | BAD_REQUEST
          403 | {"error":{"message":"This project is flagged for review","code":"forbidden"}}    | UNAUTHORIZED
          413 | <html><body>context length: the request is too long</body></html>                | BAD_REQUEST
          """)
  void a_word_in_a_page_or_a_text_is_no_refusal(int status, String body, Kind kind) {
    assertThat(failure(status, body).kind()).isEqualTo(kind);
  }

  @Test
  void a_page_is_told_by_its_words_alone() {
    ModelException e =
        failure(
            403,
            "<!DOCTYPE html><html><head><style>p {color: red}</style><title>Blocked</title></head>"
                + "<body><p>Flagged by the\ncompany's web gateway.</p></body></html>");

    assertThat(e).hasMessageContaining("403: Blocked Flagged by the company's web gateway. (key:");
    assertThat(e.remedy()).contains("gateway or firewall");
  }

  @Test
  void an_empty_account_is_told_from_the_quota_of_a_minute() {
    String body = "{\"error\":{\"message\":\"quota exceeded\",\"code\":\"insufficient_quota\"}}";

    ModelException empty = failure(429, body);
    assertThat(empty.kind()).isEqualTo(Kind.UNAUTHORIZED);
    assertThat(empty.remedy()).contains("no money or quota left");
    assertThat(failure(URL, 429, body, 2_000L).kind()).isEqualTo(Kind.RATE_LIMITED);
    assertThat(failure(URL, 429, body, 86_400_000L).kind()).isEqualTo(Kind.UNAUTHORIZED);
    assertThat(failure(402, "{\"error\":{\"message\":\"Insufficient credits\"}}").remedy())
        .contains("no money or quota left");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          429 | {"error":{"code":"1113","message":"余额不足或无可用资源包,请充值。"}}
          429 | {"error":{"message":"Your account is suspended, please check your plan and billing details","type":"exceeded_current_quota_error"}}
          403 | {"code":30011,"message":"The selected model requires paid balance. Your paid balance is insufficient.","data":null}
          403 | {"error":{"message":"no","type":"new_api_error","code":"insufficient_user_quota"}}
          400 | {"error":{"message":"Access denied, please make sure your account is in good standing.","code":"Arrearage"}}
          400 | {"type":"error","error":{"type":"invalid_request_error","message":"Your credit balance is too low to access the Anthropic API."}}
          """)
  void an_empty_account_is_known_under_any_status(int status, String body) {
    assertThat(failure(status, body).kind()).isEqualTo(Kind.UNAUTHORIZED);
    assertThat(failure(status, body).remedy()).contains("no money or quota left");
  }

  @Test
  void a_call_of_tools_that_the_endpoint_threw_away_is_an_answer_of_no_use() {
    ModelException e =
        failure(
            400,
            """
            {"error": {"message": "Tool choice is none, but model called a tool",
              "type": "invalid_request_error", "code": "tool_use_failed",
              "failed_generation": "{\\"name\\": \\"look_up\\"}"}}""");

    assertThat(e.kind()).isEqualTo(Kind.MALFORMED_ANSWER);
    assertThat(e).hasMessageContaining("answered 400: Tool choice is none");
  }

  @ParameterizedTest
  @ValueSource(ints = {413, 429})
  void a_request_larger_than_the_limit_of_a_minute_is_not_sent_again_as_it_is(int status) {
    ModelException e =
        failure(
            status,
            """
            {"error": {"message": "Request too large for m on tokens per min (TPM): Limit 30000,\
             Requested 37313. The input or output tokens must be reduced in order to run\
             successfully.", "type": "tokens", "code": "rate_limit_exceeded"}}""");

    assertThat(e.kind()).isEqualTo(Kind.BAD_REQUEST);
    assertThat(e.remedy()).contains("--max-output-tokens");
  }

  @Test
  void a_limit_that_is_used_up_by_others_passes() {
    String body =
        """
        {"error": {"message": "Rate limit reached for m on tokens per minute (TPM): Limit 6000,\
         Used 5034, Requested 1443. Please try again in 4.77s."}}""";

    assertThat(failure(URL, 429, body, 4_770L).kind()).isEqualTo(Kind.RATE_LIMITED);
  }

  @Test
  void a_limit_that_lasts_for_hours_says_until_when() {
    ModelException e = failure(URL, 429, "{\"error\":\"free-models-per-day\"}", 33_180_000L);

    assertThat(e.kind()).isEqualTo(Kind.RATE_LIMITED);
    assertThat(e.remedy()).contains("9 h 13 min", "resume");
  }

  @ParameterizedTest
  @CsvSource({
    "http://h:8000/chat/completions, http://h:8000/v1",
    "https://h/api/chat/completions, https://h/api/v1",
    "https://h/v1/chat/completions,",
    "https://h/v1beta/openai/chat/completions,",
    "https://h/openai/deployments/d/chat/completions,"
  })
  void a_wrong_path_is_told_with_the_address_and_the_version_that_it_lacks(
      String url, String versioned) {
    ModelException e = failure(url, 404, "404 page not found", null);

    assertThat(e).hasMessage(url + " answered 404: 404 page not found");
    assertThat(e.remedy())
        .isEqualTo(
            versioned == null
                ? "Check the path of --base-url (most servers end in /v1), and its query where the endpoint asks for one."
                : "Try --base-url " + versioned + ".");
  }

  @Test
  void a_model_of_another_path_of_the_api_is_said_to_be_one() {
    ModelException e =
        failure(
            404,
            "{\"error\":{\"message\":\"This model is only supported in v1/responses and not in"
                + " v1/chat/completions.\"}}");

    assertThat(e.kind()).isEqualTo(Kind.MODEL_NOT_FOUND);
    assertThat(e.remedy()).contains("/chat/completions alone");
    ModelException behind =
        failure(
            400,
            """
            {"error": {"message": "model \\"m\\" is not accessible via the /chat/completions endpoint",
              "code": "unsupported_api_for_model"}}""");
    assertThat(behind.kind()).isEqualTo(Kind.MODEL_NOT_FOUND);
    assertThat(behind.remedy()).contains("/chat/completions alone");
  }

  @Test
  void a_list_of_complaints_is_put_in_words_and_its_first_parameter_named() {
    ModelException e =
        failure(
            422,
            """
            {"detail": [
              {"type": "extra_forbidden", "loc": ["body", "max_tokens"],
               "msg": "Extra inputs are not permitted", "input": 2048},
              {"loc": ["body", "messages", 0, "role"], "msg": "Input should be 'user'"}]}""");

    assertThat(e)
        .hasMessageContaining(
            "max_tokens: Extra inputs are not permitted; messages.0.role: Input should be 'user'");
    assertThat(e.status()).isEqualTo(422);
    assertThat(e.reply().param()).isEqualTo("max_tokens");
    assertThat(e.reply().words()).startsWith("max_tokens: Extra");
  }

  @Test
  void an_error_in_a_list_is_read_as_geminis() {
    ModelException e =
        failure(
            429,
            """
            [{"error": {"code": 429, "message": "Resource has been exhausted",
              "status": "RESOURCE_EXHAUSTED"}}]""");

    assertThat(e.kind()).isEqualTo(Kind.RATE_LIMITED);
    assertThat(e).hasMessageContaining("429: Resource has been exhausted");
    assertThat(e.reply().codes()).contains("resource_exhausted");
  }

  @Test
  void what_the_provider_behind_a_router_said_is_kept() {
    assertThat(
            failure(
                400,
                """
                {"error": {"message": "Provider returned error", "code": 400,
                  "metadata": {"raw": "temperature must be 1", "provider_name": "X"}}}"""))
        .hasMessageContaining("Provider returned error: temperature must be 1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'max_tokens' or 'max_completion_tokens' is too large: 2048. This model's maximum context"
            + " length is 2048 tokens and your request has 150 input tokens (2048 > 2048 - 150).",
        "max_tokens: 8192 > 4096, which is the maximum; see context window"
      })
  void a_limit_that_we_set_ourselves_is_not_the_agents_fault(String words) {
    String body = "{\"object\":\"error\",\"message\":\"%s\",\"code\":400}".formatted(words);

    assertThat(failure(400, body).kind()).isEqualTo(Kind.BAD_REQUEST);
  }

  @Test
  void every_kind_has_a_remedy() {
    for (Kind kind : Kind.values()) {
      assertThat(new ModelException(kind, "x").remedy()).endsWith(".");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<html><head><title>400 The plain HTTP request was sent to HTTPS port</title></head></html>",
        "Client sent an HTTP request to an HTTPS server.\n",
        "<!DOCTYPE HTML><html><body><p>Reason: You're speaking plain HTTP to an SSL-enabled server"
            + " port.<br /></p></body></html>"
      })
  void a_page_that_wants_https_is_told_with_what_to_write(String page) {
    assertThat(failure(400, page).remedy()).isEqualTo("Write https:// in --base-url.");
  }
}
