package dev.lightningbridge.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.hamcrest.Matchers.anEmptyMap;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import com.google.protobuf.ByteString;
import dev.lightningbridge.camp.CampDatabase;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.corpus.Attempt;
import dev.lightningbridge.corpus.Score;
import dev.lightningbridge.corpus.Span;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Status;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(CaptureLab.class)
class SpanIntakeTest {
  private static final String PROTOBUF = "application/x-protobuf";
  private static final String TRACE = "0af7651916cd43dd8448eb211c80aaaa";
  private static final long BEGAN = 1_764_400_000;
  private static final String PROMPT = "Answer what the shop knows.";

  @Test
  void spans_that_an_instrumentation_sent_are_attempts_and_once_however_often_they_come()
      throws Exception {
    String sent = firstLine("otlp-genai.json");
    send("spans", sent).then().statusCode(200).body("", anEmptyMap());
    App.until(() -> !begunAt(1_795_982_886).isEmpty());
    long known = App.counted("spans", "known_already");
    send("spans", sent).then().statusCode(200);
    App.until(() -> App.counted("spans", "known_already") == known + 1);

    List<Attempt> attempts = begunAt(1_795_982_886);
    assertThat(attempts)
        .extracting(Attempt::systemPrompt, Attempt::input, Attempt::output)
        .containsExactly(tuple("Name the mood in one word.", "Great fun", "positive"));
    Attempt attempt = attempts.getFirst();
    assertThat(App.sessionName(attempt.sessionId())).isEqualTo("spans");
    assertThat(attempt.model().modelId()).isEqualTo("gpt-4o-mini");
    assertThat(attempt.durationMs()).isEqualTo(75);
  }

  @Test
  void spans_of_openlit_are_attempts_and_those_of_its_http_client_are_passed_over()
      throws Exception {
    send("spans", firstLine("otlp-openlit.json")).then().statusCode(200);
    App.until(() -> !begunAt(1_796_051_860).isEmpty());

    assertThat(begunAt(1_796_051_860))
        .extracting(Attempt::systemPrompt, Attempt::input, Attempt::output)
        .containsExactly(tuple("Name the mood in one word.", "Great fun", "positive"));
  }

  @Test
  void protobuf_packed_tells_of_a_tool_that_ran_and_of_both_calls_around_it() throws Exception {
    ExportTraceServiceRequest request =
        request(
            call(1, 100, user("Is parcel 7 here?"), calls("look_up", "{\"n\": 7}")),
            tool(2, 300, "look_up", "{\"n\": 7}", "it is at jo@shop.org").build(),
            call(3, 600, user("Is parcel 7 here?") + "," + answered("at the shop"), says("Yes.")));

    Response answer =
        App.agent("support")
            .contentType(PROTOBUF)
            .header("Content-Encoding", "gzip")
            .body(packed(request.toByteArray()))
            .post("/capture/support/v1/traces");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.contentType()).isEqualTo(PROTOBUF);
    assertThat(ExportTraceServiceResponse.parseFrom(answer.asByteArray()))
        .isEqualTo(ExportTraceServiceResponse.getDefaultInstance());
    App.until(() -> begunAt(BEGAN).size() == 2);
    List<Attempt> attempts = begunAt(BEGAN);
    assertThat(attempts.get(0).output()).contains("look_up", "{\\\"n\\\": 7}");
    assertThat(attempts.get(1).output()).isEqualTo("Yes.");
    assertThat(attempts.get(1).input()).contains("Is parcel 7 here?", "at the shop");
    assertThat(attempts).extracting(Attempt::rolloutId).containsOnly(attempts.get(0).rolloutId());
    assertThat(spans(attempts.get(0).id()))
        .extracting(Span::type, Span::toolName, Span::toolArgs, Span::toolResult, Span::durationMs)
        .containsExactly(
            tuple("llm_call", null, null, null, 100L),
            tuple("tool_call", "look_up", "{\"n\": 7}", "it is at [email]", 100L));
    assertThat(spans(attempts.get(1).id())).isEmpty();
    assertThat(new String(Files.readAllBytes(App.database()), StandardCharsets.ISO_8859_1))
        .doesNotContain("jo@shop.org");
  }

  @Test
  void a_score_by_trace_finds_what_a_span_told() throws Exception {
    send("spans", firstLine("otlp-openllmetry.json")).then().statusCode(200);
    String trace = "af242db7549d42b91c132b5894bc22fa";
    App.until(() -> !begunAt(1_795_982_877).isEmpty());
    App.agent("spans")
        .body("{\"thumbs\": \"up\"}")
        .post("/api/v1/traces/{trace}/score", trace)
        .then()
        .statusCode(200);
    assertThat(Objects.requireNonNull(begunAt(1_795_982_877).getFirst().score()).value())
        .isEqualTo(10);
  }

  @Test
  void an_evaluation_in_a_call_s_span_is_the_call_s_score() throws Exception {
    ExportTraceServiceRequest request =
        request(
            call(31, 10_000, user("Is parcel 9 here?"), says("No.")).toBuilder()
                .addEvents(
                    io.opentelemetry.proto.trace.v1.Span.Event.newBuilder()
                        .setName("gen_ai.evaluation.result")
                        .addAttributes(number("gen_ai.evaluation.score.value", 1))
                        .addAttributes(attribute("gen_ai.evaluation.explanation", "Right.")))
                .build());
    packed("spans", request).then().statusCode(200);
    App.until(() -> scoreAt(BEGAN + 10) != null);
    Score score = Objects.requireNonNull(scoreAt(BEGAN + 10));
    assertThat(score.value()).isEqualTo(10);
    assertThat(score.comment()).isEqualTo("Right.");
  }

  /** As agentlightning's emit_reward sends it, in a span of its own. */
  @Test
  void a_reward_of_agentlightning_scores_the_last_call_of_its_trace() throws Exception {
    String trace = "0af7651916cd43dd8448eb211c80bbbb";
    packed("spans", request(in(trace, call(41, 20_000, user("Parcel 10?"), says("Here."))))).then();
    packed("spans", request(in(trace, reward(42, 0.5)))).then().statusCode(200);
    App.until(() -> scoreAt(BEGAN + 20) != null);
    assertThat(Objects.requireNonNull(scoreAt(BEGAN + 20)).value()).isEqualTo(6);
  }

  @Test
  void a_score_that_is_no_reward_or_has_no_call_is_counted() throws Exception {
    String trace = "0af7651916cd43dd8448eb211c80cccc";
    long unusable = App.counted("spans", "score_unusable");
    long alone = App.counted("spans", "score_alone");
    packed("spans", request(in(trace, reward(51, 7)), in(trace, reward(52, 0.7)))).then();
    App.until(() -> App.counted("spans", "score_alone") == alone + 1);
    assertThat(App.counted("spans", "score_unusable")).isEqualTo(unusable + 1);
  }

  @Test
  void spans_of_other_things_are_passed_over_and_a_tool_without_its_call_is_counted() {
    long alone = App.counted("spans", "tool_alone");
    long recorded = App.standing("spans").getLong("recorded");
    ExportTraceServiceRequest request =
        request(
            span(8, 1_000, "GET /").build(), tool(9, 1_000, "look_up", "{}", "nothing").build());
    packed("spans", request).then().statusCode(200);
    assertThat(App.counted("spans", "tool_alone")).isEqualTo(alone + 1);
    assertThat(App.standing("spans").getLong("recorded")).isEqualTo(recorded);
  }

  @Test
  void a_tool_that_failed_says_why() throws Exception {
    ExportTraceServiceRequest request =
        request(
            call(21, 1_000, user("Is parcel 8 here?"), calls("look_up", "{}")),
            tool(22, 1_500, "look_up", "{}", "")
                .setStatus(
                    Status.newBuilder()
                        .setCode(Status.StatusCode.STATUS_CODE_ERROR)
                        .setMessage("no such parcel"))
                .build());
    packed("spans", request).then().statusCode(200);
    App.until(() -> App.attempts().stream().anyMatch(a -> a.input().equals("Is parcel 8 here?")));
    String id =
        App.attempts().stream()
            .filter(a -> a.input().equals("Is parcel 8 here?"))
            .findFirst()
            .orElseThrow()
            .id();
    assertThat(spans(id).get(1).toolError()).isEqualTo("no such parcel");
  }

  @Test
  void what_cannot_be_read_is_refused_in_the_form_that_exporters_read() throws Exception {
    send("spans", "{\"resourceSpans\": [")
        .then()
        .statusCode(400)
        .body("message", containsString("no JSON"));
    send("spans", "[]").then().statusCode(400).body("message", equalTo("it is no object"));
    Response answer =
        App.agent("spans")
            .contentType(PROTOBUF)
            .body(new byte[] {1, 2, 3})
            .post("/capture/spans/v1/traces");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.asString()).contains("none of OTLP's Protocol Buffers");
    App.agent("spans")
        .contentType("text/plain")
        .body("hello")
        .post("/capture/spans/v1/traces")
        .then()
        .statusCode(415);
    App.agent("spans")
        .header("Content-Encoding", "gzip")
        .body(packed(new byte[17 << 20]))
        .post("/capture/spans/v1/traces")
        .then()
        .statusCode(400)
        .body("message", containsString("when unpacked"));
  }

  @Test
  void metrics_that_an_exporter_sends_beside_are_dropped_without_an_error() {
    App.agent("spans")
        .contentType(PROTOBUF)
        .body(new byte[] {1, 2, 3})
        .post("/capture/spans/v1/metrics")
        .then()
        .statusCode(200)
        .contentType(PROTOBUF);
    App.agent("other").body("{}").post("/capture/spans/v1/metrics").then().statusCode(401);
  }

  @Test
  void another_agent_s_token_sends_no_spans() {
    App.agent("other").body("{}").post("/capture/spans/v1/traces").then().statusCode(401);
    App.owner().body("{}").post("/capture/spans/v1/traces").then().statusCode(401);
    App.agent("spans").body("{}").post("/capture/nobody/v1/traces").then().statusCode(401);
  }

  @Test
  void an_agent_without_an_endpoint_takes_spans_and_no_calls() {
    App.ask(App.agent("spans"), "spans", App.body("echo", PROMPT, "Hello"))
        .then()
        .statusCode(404)
        .body("error.code", equalTo("LB-8106"));
  }

  /** Those that began in a second, by their time. */
  private static List<Attempt> begunAt(long second) {
    return App.attempts().stream()
        .filter(attempt -> attempt.startedAt() / 1_000 == second)
        .sorted(Comparator.comparingLong(Attempt::startedAt))
        .toList();
  }

  private static @Nullable Score scoreAt(long second) {
    return begunAt(second).stream()
        .map(Attempt::score)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  private static io.opentelemetry.proto.trace.v1.Span in(
      String trace, io.opentelemetry.proto.trace.v1.Span span) {
    return span.toBuilder().setTraceId(ByteString.fromHex(trace)).build();
  }

  private static io.opentelemetry.proto.trace.v1.Span reward(int id, double value) {
    return span(id, 21_000, "agentlightning.annotation")
        .addAttributes(attribute("agentlightning.reward.0.name", "primary"))
        .addAttributes(number("agentlightning.reward.0.value", value))
        .build();
  }

  private static List<Span> spans(String attempt) {
    try (CampDatabase camp = CampDatabase.open(App.database(), CampDatabase.Options.DEFAULT)) {
      return camp.corpus().spans(attempt);
    }
  }

  private static Response send(String agent, String json) {
    return App.agent(agent).body(json).post("/capture/{agent}/v1/traces", agent);
  }

  private static Response packed(String agent, ExportTraceServiceRequest request) {
    RequestSpecification given = App.agent(agent).contentType(PROTOBUF);
    return given.body(request.toByteArray()).post("/capture/{agent}/v1/traces", agent);
  }

  private static byte[] packed(byte[] plain) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(plain);
    }
    return packed.toByteArray();
  }

  private static String firstLine(String file) throws IOException {
    return Files.readAllLines(Path.of("src/test/resources/imports", file)).getFirst();
  }

  private static ExportTraceServiceRequest request(io.opentelemetry.proto.trace.v1.Span... spans) {
    return ExportTraceServiceRequest.newBuilder()
        .addResourceSpans(
            ResourceSpans.newBuilder()
                .addScopeSpans(ScopeSpans.newBuilder().addAllSpans(List.of(spans))))
        .build();
  }

  private static io.opentelemetry.proto.trace.v1.Span.Builder span(int id, long ms, String name) {
    return io.opentelemetry.proto.trace.v1.Span.newBuilder()
        .setTraceId(ByteString.fromHex(TRACE))
        .setSpanId(ByteString.fromHex("00000000000000%02x".formatted(id)))
        .setName(name)
        .setStartTimeUnixNano((BEGAN * 1_000 + ms) * 1_000_000)
        .setEndTimeUnixNano((BEGAN * 1_000 + ms + 100) * 1_000_000);
  }

  private static io.opentelemetry.proto.trace.v1.Span call(
      int id, long ms, String messages, String answer) {
    return span(id, ms, "chat m")
        .addAttributes(attribute("gen_ai.operation.name", "chat"))
        .addAttributes(attribute("gen_ai.request.model", "m"))
        .addAttributes(
            attribute(
                "gen_ai.system_instructions",
                "[{\"type\": \"text\", \"content\": %s}]".formatted(Json.write(PROMPT))))
        .addAttributes(attribute("gen_ai.input.messages", "[" + messages + "]"))
        .addAttributes(attribute("gen_ai.output.messages", "[" + answer + "]"))
        .build();
  }

  private static io.opentelemetry.proto.trace.v1.Span.Builder tool(
      int id, long ms, String name, String arguments, String result) {
    return span(id, ms, "execute_tool " + name)
        .addAttributes(attribute("gen_ai.operation.name", "execute_tool"))
        .addAttributes(attribute("gen_ai.tool.name", name))
        .addAttributes(attribute("gen_ai.tool.call.arguments", arguments))
        .addAttributes(attribute("gen_ai.tool.call.result", result));
  }

  private static KeyValue attribute(String key, String value) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setStringValue(value))
        .build();
  }

  private static KeyValue number(String key, double value) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setDoubleValue(value))
        .build();
  }

  private static String user(String text) {
    return message("user", Map.of("type", "text", "content", text));
  }

  private static String says(String text) {
    return message("assistant", Map.of("type", "text", "content", text));
  }

  private static String calls(String tool, String arguments) {
    return message(
        "assistant", Map.of("type", "tool_call", "id", "c", "name", tool, "arguments", arguments));
  }

  private static String answered(String result) {
    return message("tool", Map.of("type", "tool_call_response", "id", "c", "response", result));
  }

  private static String message(String role, Map<String, String> part) {
    return Json.write(Map.of("role", role, "parts", List.of(part)));
  }
}
