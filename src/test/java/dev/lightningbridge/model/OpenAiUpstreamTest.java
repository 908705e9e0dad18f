package dev.lightningbridge.model;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.model.ModelException.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenAiUpstreamTest {
  private static final String SECRET = "sk-secret-0123456789";
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final String ANSWER =
      """
      {"id": "c1", "choices": [{"index": 0, "finish_reason": "stop",
        "message": {"role": "assistant", "content": "hello"}}],
       "usage": {"prompt_tokens": 7, "completion_tokens": 2}}""";

  private static final WireMockServer server =
      new WireMockServer(options().dynamicPort().bindAddress("127.0.0.1"));

  @BeforeAll
  static void start() {
    server.start();
  }

  @AfterAll
  static void stop() {
    server.stop();
  }

  @BeforeEach
  void reset() {
    server.resetAll();
  }

  private static UpstreamBuilder upstream() {
    return OpenAiUpstream.at(server.baseUrl() + "/v1")
        .key(ApiKey.fromEnvironment(Map.of("OPENAI_API_KEY", SECRET), "OPENAI_API_KEY"))
        .clock(Clock.fixed(NOW, ZoneOffset.UTC));
  }

  private static void answers(ResponseDefinitionBuilder response) {
    server.stubFor(any(anyUrl()).willReturn(response));
  }

  private static ChatAnswer call(UpstreamBuilder builder) throws ModelException {
    try (OpenAiUpstream upstream = builder.build()) {
      return upstream.complete(ScriptedModel.request("hi"));
    }
  }

  private static ModelException failure(UpstreamBuilder builder) {
    return catchThrowableOfType(ModelException.class, () -> call(builder));
  }

  private static ModelException failure(int status, String body) {
    answers(
        aResponse()
            .withStatus(status)
            .withHeader("Content-Type", "application/json")
            .withBody(body));
    return failure(upstream());
  }

  @Test
  void the_body_is_passed_on_as_it_is_with_the_key_as_bearer() throws Exception {
    answers(okJson(ANSWER));
    ObjectNode body =
        (ObjectNode)
            Json.mapper()
                .readTree(
                    """
                    {"model": "m", "messages": [{"role": "user", "content": "{x.__class__} 🙂"}],
                     "tools": [{"type": "function", "function": {"name": "f"}}],
                     "response_format": {"type": "json_object"}, "unknown": [1, null]}""");
    try (OpenAiUpstream upstream = upstream().build()) {
      ChatAnswer answer = upstream.complete(new ChatRequest(ModelRole.WORKER, body));
      assertThat(answer.text()).isEqualTo("hello");
      assertThat(answer.usage()).isEqualTo(new Usage(7, 2, false));
      assertThat(answer.body().path("id").asText()).isEqualTo("c1");
    }
    server.verify(
        postRequestedFor(urlEqualTo("/v1/chat/completions"))
            .withHeader("Authorization", equalTo("Bearer " + SECRET))
            .withRequestBody(equalToJson(body.toString())));
  }

  @Test
  void azures_query_and_key_header_are_kept() throws ModelException {
    answers(okJson(ANSWER));
    call(
        OpenAiUpstream.at(server.baseUrl() + "/openai/deployments/d/?api-version=2024-10-21")
            .key(ApiKey.fromEnvironment(Map.of("K", SECRET), "K"))
            .keyHeader("api-key"));

    server.verify(
        postRequestedFor(
                urlEqualTo("/openai/deployments/d/chat/completions?api-version=2024-10-21"))
            .withHeader("api-key", equalTo(SECRET))
            .withHeader("Authorization", absent()));
  }

  @Test
  void an_endpoint_without_a_key_gets_none() throws ModelException {
    answers(okJson(ANSWER));
    call(OpenAiUpstream.at(server.baseUrl() + "/v1/chat/completions").key(ApiKey.NONE));

    server.verify(
        postRequestedFor(urlEqualTo("/v1/chat/completions")).withHeader("Authorization", absent()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          401 | {"error":{"message":"Incorrect API key provided","code":"invalid_api_key"}}                | UNAUTHORIZED
          403 | {"error":{"message":"Country not supported"}}                                               | UNAUTHORIZED
          402 | {"error":{"message":"Insufficient Balance"}}                                                | UNAUTHORIZED
          404 | {"error":{"message":"The model `x` does not exist","code":"model_not_found"}}               | MODEL_NOT_FOUND
          404 | {"error":{"code":"DeploymentNotFound","message":"The API deployment does not exist"}}       | MODEL_NOT_FOUND
          404 | {"error":"model 'llama9' not found, try pulling it first"}                                  | MODEL_NOT_FOUND
          400 | {"error":{"message":"litellm.BadRequestError: Invalid model name passed in model=x"}}       | MODEL_NOT_FOUND
          400 | {"error":{"message":"This model's maximum context length is 8192","code":"context_length_exceeded"}} | CONTEXT_TOO_LONG
          400 | {"object":"error","message":"This model's maximum context length is 4096 tokens","code":400} | CONTEXT_TOO_LONG
          400 | {"error":{"message":"litellm.ContextWindowExceededError: prompt is too long"}}              | CONTEXT_TOO_LONG
          413 | {"error":{"message":"prompt is too long: 250000 tokens > 200000 maximum"}}                  | CONTEXT_TOO_LONG
          400 | {"error":{"message":"filtered","code":"content_filter","innererror":{"code":"ResponsibleAIPolicyViolation"}}} | REFUSED
          400 | {"error":{"message":"Unsupported parameter: max_tokens"}}                                   | BAD_REQUEST
          422 | {"detail":"body.messages: field required"}                                                  | BAD_REQUEST
          400 | {"error":{"message":"API key not valid. Please pass a valid API key."}}                     | UNAUTHORIZED
          429 | {"error":{"message":"Rate limit reached; see account/billing","code":"rate_limit_exceeded"}} | RATE_LIMITED
          429 | {"error":{"message":"You exceeded your current quota","code":"insufficient_quota"}}         | UNAUTHORIZED
          408 | {}                                                                                          | TIMEOUT
          409 | {}                                                                                          | SERVER_ERROR
          500 | {"error":{"message":"The server had an error"}}                                             | SERVER_ERROR
          502 | <html><body>Bad gateway</body></html>                                                       | SERVER_ERROR
          503 | {"error":{"message":"overloaded"}}                                                          | SERVER_ERROR
          504 | {}                                                                                          | TIMEOUT
          529 | {"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}                 | SERVER_ERROR
          """)
  void errors_of_the_common_endpoints_are_told_apart(int status, String body, Kind kind) {
    ModelException e = failure(status, body);

    assertThat(e.kind()).isEqualTo(kind);
    assertThat(e).hasMessageContaining(String.valueOf(status));
  }

  @Test
  void the_message_names_the_endpoints_own_words_shortened_and_on_one_line() {
    assertThat(failure(500, "{\"error\":{\"message\":\"line one\\nline two\\u001b[31m\"}}"))
        .hasMessage(server.baseUrl() + "/v1/chat/completions answered 500: line one line two [31m");
    assertThat(failure(500, "x".repeat(100_000)).getMessage()).hasSizeLessThan(500);
    assertThat(failure(500, "")).hasMessageContaining("(nothing)");
  }

  @Test
  void a_missing_key_is_named_where_the_endpoint_wants_one() {
    answers(aResponse().withStatus(401));
    ApiKey none = ApiKey.fromEnvironment(Map.of(), "MY_KEY");

    assertThat(failure(upstream().key(none))).hasMessageContaining("MY_KEY is not set");
  }

  @ParameterizedTest
  @CsvSource({
    "retry-after, 2, 2000",
    "retry-after, 0.5, 500",
    "retry-after, -3, 0",
    "retry-after-ms, 250, 250",
    "retry-after, 'Thu, 01 Jan 2026 00:00:07 GMT', 7000",
    "retry-after, 'Thu, 01 Jan 1970 00:00:00 GMT', 0",
    "retry-after, 'Fri, 31 Dec 9999 23:59:59 GMT', 86400000",
    "retry-after, 1e300, 86400000",
    "retry-after, soon,",
    "retry-after, NaN,",
    "retry-after, '',",
    "x-other, 2,"
  })
  void the_wish_to_wait_is_read_in_every_form(String header, String value, Long ms) {
    answers(aResponse().withStatus(429).withHeader(header, value));

    assertThat(failure(upstream()).retryAfterMs()).isEqualTo(ms);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"choices\": []}",
        "{\"choices\": null}",
        "{\"choices\": \"x\"}",
        "{\"choices\": [null]}",
        "{\"choices\": [{\"finish_reason\": \"stop\"}]}",
        "{\"choices\": [{\"message\": {\"content\": \"cut o",
        "[1, 2]",
        "null",
        "",
        "{} {}",
        "not json"
      })
  void what_is_no_answer_is_malformed(String body) {
    answers(okJson(body));

    assertThat(failure(upstream()).kind()).isEqualTo(Kind.MALFORMED_ANSWER);
  }

  @Test
  void nesting_without_end_is_malformed_and_not_a_crash() {
    answers(okJson("[".repeat(500_000)));

    assertThat(failure(upstream()).kind()).isEqualTo(Kind.MALFORMED_ANSWER);
  }

  @Test
  void a_page_with_status_200_is_malformed() {
    answers(aResponse().withHeader("Content-Type", "text/html").withBody("<html>Log in</html>"));

    ModelException e = failure(upstream());
    assertThat(e.kind()).isEqualTo(Kind.MALFORMED_ANSWER);
    assertThat(e).hasMessageContaining("text/html").hasMessageContaining("Log in");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"tool_calls\": [{\"id\": \"1\"}]",
        "\"tool_calls\": [{\"id\": \"1\"}], \"content\": \"\"",
        "\"function_call\": {\"name\": \"f\"}"
      })
  void calls_of_tools_that_were_offered_are_an_answer(String message) throws Exception {
    answers(okJson("{\"choices\": [{\"message\": {" + message + "}}]}"));
    ChatRequest request = ScriptedModel.request("hi");
    request.body().putArray("tools").addObject().put("type", "function");

    try (OpenAiUpstream upstream = upstream().build()) {
      assertThat(upstream.complete(request).usage().estimated()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 307, 308})
  void redirects_are_not_followed(int status) {
    server.stubFor(
        any(urlEqualTo("/v1/chat/completions"))
            .willReturn(
                aResponse()
                    .withStatus(status)
                    .withHeader("Location", server.baseUrl() + "/other")));
    server.stubFor(any(urlEqualTo("/other")).willReturn(okJson(ANSWER)));

    assertThat(failure(upstream()).kind()).isEqualTo(Kind.BAD_REQUEST);
    assertThat(server.getAllServeEvents()).hasSize(1);
  }

  @Test
  void an_answer_that_is_too_long_is_hung_up_on() {
    answers(okJson("x".repeat(300_000)));

    assertThat(failure(upstream().maxAnswerBytes(200_000)))
        .hasMessageContaining("200,000")
        .extracting("kind")
        .isEqualTo(Kind.MALFORMED_ANSWER);
  }

  @Test
  void a_packed_answer_is_unpacked_up_to_the_same_size() throws Exception {
    answers(okJson("").withHeader("Content-Encoding", "gzip").withBody(gzip(ANSWER)));
    assertThat(call(upstream()).text()).isEqualTo("hello");

    answers(
        okJson("").withHeader("Content-Encoding", "gzip").withBody(gzip(" ".repeat(50_000_000))));
    assertThat(failure(upstream()).kind()).isEqualTo(Kind.MALFORMED_ANSWER);

    answers(okJson("").withHeader("Content-Encoding", "gzip").withBody("no gzip"));
    assertThat(failure(upstream()).kind()).isEqualTo(Kind.MALFORMED_ANSWER);
    answers(okJson("").withHeader("Content-Encoding", "br").withBody("x"));
    assertThat(failure(upstream())).hasMessageContaining("br");
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  @Test
  void a_megabyte_of_answer_is_taken() throws ModelException {
    answers(
        okJson("{\"choices\": [{\"message\": {\"content\": \"" + "y".repeat(1_000_000) + "\"}}]}"));

    assertThat(call(upstream()).text()).hasSize(1_000_000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"CONNECTION_RESET_BY_PEER", "EMPTY_RESPONSE", "RANDOM_DATA_THEN_CLOSE"})
  void a_broken_connection_is_a_failure_of_the_network(String fault) {
    answers(aResponse().withFault(Fault.valueOf(fault)));

    assertThat(failure(upstream()).kind()).isEqualTo(Kind.NETWORK);
  }

  @Test
  void hanging_before_or_within_the_answer_is_a_time_out() {
    answers(okJson(ANSWER).withFixedDelay(5_000));
    assertThat(failure(upstream().timeout(Duration.ofMillis(200))).kind()).isEqualTo(Kind.TIMEOUT);

    answers(okJson(ANSWER).withChunkedDribbleDelay(20, 5_000));
    assertThat(failure(upstream().timeout(Duration.ofMillis(400))).kind()).isEqualTo(Kind.TIMEOUT);
  }

  @Test
  void an_interrupt_ends_the_call() {
    answers(okJson(ANSWER).withFixedDelay(5_000));
    Thread.currentThread().interrupt();
    assertThat(failure(upstream()).kind()).isEqualTo(Kind.CANCELLED);
    assertThat(Thread.interrupted()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "api.openai.com/v1",
        "ftp://host/v1",
        "file:///etc/passwd",
        "http://",
        "http://user:sk-secret-0123456789@host/v1",
        "http://host/sk-secret-0123456789/v1",
        "http://host/v1?api_key=sk-secret-0123456789",
        "http://host/v1#frag",
        "http://ho st/sk-secret-0123456789"
      })
  void a_base_url_that_cannot_be_used_is_a_clear_error_without_secrets(String url) {
    assertThatThrownBy(() -> OpenAiUpstream.at(url))
        .isInstanceOf(BridgeException.class)
        .hasMessageContaining("LB-3001")
        .hasMessageNotContaining(SECRET);
  }

  @ParameterizedTest
  @ValueSource(strings = {"hello", "content", "choices"})
  void an_answer_with_the_word_that_is_the_key_stays_as_the_model_gave_it(String word)
      throws ModelException {
    answers(okJson(ANSWER));

    assertThat(call(upstream().key(ApiKey.fromEnvironment(Map.of("K", word), "K"))).text())
        .isEqualTo("hello");
  }

  @Test
  void a_key_that_an_error_repeats_in_any_form_is_not_in_the_message() {
    String base64 =
        Base64.getEncoder().encodeToString(("user:" + SECRET).getBytes(StandardCharsets.UTF_8));
    ModelException e =
        failure(
            400,
            "{\"error\": {\"message\": \"bad %s, %s\", \"param\": \"%s\"}}"
                .formatted(SECRET, base64, SECRET));

    assertThat(e).hasMessageNotContaining(SECRET).hasMessageNotContaining(base64);
    assertThat(e.reply().toString()).contains("[key]").doesNotContain(SECRET);
  }

  @Test
  void a_redirect_names_the_place_that_it_sends_to() {
    answers(aResponse().withStatus(308).withHeader("Location", "https://elsewhere.example/v1"));

    ModelException e = failure(upstream());
    assertThat(e).hasMessageContaining("308").hasMessageContaining("https://elsewhere.example/v1");
    assertThat(e.remedy()).contains("--base-url");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {"object": "list", "data": [{"id": "llama3"}, {"id": "m-big"}]}  | llama3, m-big
          {"models": [{"name": "llama3"}, {"name": "m-big"}]}              | llama3, m-big
          [{"id": "llama3"}, {"id": "m-big"}]                              | llama3, m-big
          <html>no list</html>                                             |
          """)
  void an_unknown_model_is_told_with_those_that_the_endpoint_lists(String list, String names) {
    answers(aResponse().withStatus(404).withBody("{\"error\": {\"code\": \"model_not_found\"}}"));
    server.stubFor(any(urlEqualTo("/v1/models")).willReturn(okJson(list)));

    assertThat(failure(upstream()).remedy())
        .isEqualTo(names == null ? "Name a model that the endpoint has." : "It has " + names + ".");
  }

  @Test
  void of_many_models_those_like_the_unknown_one_are_named() {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      names.add((i % 10 == 7 ? "gpt-4o-" : "other-") + i);
    }

    assertThat(ListedModels.shown(names, "gpt-4o"))
        .startsWith("gpt-4o-7, gpt-4o-17, ")
        .endsWith("other-0, other-1 and 88 more");
  }
}
