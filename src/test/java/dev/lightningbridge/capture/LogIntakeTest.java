package dev.lightningbridge.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.hamcrest.Matchers.anEmptyMap;
import static org.hamcrest.Matchers.containsString;

import com.google.protobuf.ByteString;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.corpus.Attempt;
import dev.lightningbridge.corpus.Score;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
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

/** Calls whose spans do not say what was said in them, since that came in logs. */
@QuarkusTest
@WithTestResource(CaptureLab.class)
class LogIntakeTest {
  private static final String PROTOBUF = "application/x-protobuf";
  private static final String MOOD = "Name the mood in one word.";

  @Test
  void what_openai_java_s_instrumentation_sends_as_logs_is_said_in_the_calls_of_its_spans()
      throws Exception {
    all("otlp-openai-java.json", "spans");

    App.until(() -> begunWithin(1_796_064_354, 1_796_064_356).size() == 2);
    assertThat(begunWithin(1_796_064_354, 1_796_064_356))
        .extracting(Attempt::systemPrompt, Attempt::input, Attempt::output)
        .containsExactly(tuple(MOOD, "Great fun", "positive"), tuple(MOOD, "So dull", "negative"));
  }

  @Test
  void a_tool_s_call_and_its_result_are_told_by_logs_too() throws Exception {
    all("otlp-openai-java-tools.json", "spans");

    App.until(() -> begunWithin(1_796_064_367, 1_796_064_370).size() == 2);
    List<Attempt> attempts = begunWithin(1_796_064_367, 1_796_064_370);
    assertThat(attempts)
        .extracting(Attempt::systemPrompt)
        .containsOnly("Answer what the shop knows.");
    assertThat(attempts.get(0).input()).isEqualTo("Is parcel 7 here?");
    assertThat(attempts.get(0).output()).contains("look_up", "{\\\"parcel\\\": 7}", "call_7");
    assertThat(attempts.get(1).input())
        .contains("Is parcel 7 here?", "look_up", "parcel 7: at the shop");
    assertThat(attempts.get(1).output()).isEqualTo("It is at the shop.");
  }

  @Test
  void spans_that_come_before_their_logs_wait_for_them() throws Exception {
    for (String file : List.of("otlp-openai-v2.json", "otlp-genai-events.json")) {
      List<String> lines = lines(file);
      send("spans", "traces", lines.getLast()).then().statusCode(200);
      send("spans", "logs", lines.getFirst()).then().statusCode(200).body("", anEmptyMap());
    }
    App.until(() -> begunWithin(1_796_064_379, 1_796_064_383).size() == 4);
    assertThat(begunWithin(1_796_064_379, 1_796_064_383))
        .extracting(Attempt::systemPrompt, Attempt::input, Attempt::output)
        .containsExactly(
            tuple(MOOD, "Great fun", "positive"),
            tuple(MOOD, "So dull", "negative"),
            tuple(MOOD, "Great fun", "positive"),
            tuple(MOOD, "So dull", "negative"));
  }

  @Test
  void logs_in_protobuf_packed_are_masked_as_all_is_that_is_written() throws Exception {
    byte[] logs =
        request(
                event("gen_ai.system.message", body("content", text("Be brief."))),
                event("gen_ai.user.message", body("content", text("I am jo.log@shop.org"))),
                event("gen_ai.choice", body("message", body("content", text("Hello.")))))
            .toByteArray();
    Response answer =
        App.agent("support")
            .contentType(PROTOBUF)
            .header("Content-Encoding", "gzip")
            .body(packed(logs))
            .post("/capture/support/v1/logs");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.contentType()).isEqualTo(PROTOBUF);
    assertThat(ExportLogsServiceResponse.parseFrom(answer.asByteArray()))
        .isEqualTo(ExportLogsServiceResponse.getDefaultInstance());

    send("support", "traces", span("support", 1, 1_764_500_000, null)).then().statusCode(200);

    App.until(() -> !begunWithin(1_764_500_000, 1_764_500_000).isEmpty());
    assertThat(begunWithin(1_764_500_000, 1_764_500_000))
        .extracting(Attempt::systemPrompt, Attempt::input, Attempt::output)
        .containsExactly(tuple("Be brief.", "I am [email]", "Hello."));
    assertThat(new String(Files.readAllBytes(App.database()), StandardCharsets.ISO_8859_1))
        .doesNotContain("jo.log@shop.org");
  }

  @Test
  void a_call_that_waits_for_its_logs_has_its_score_all_the_same() throws Exception {
    send("spans", "traces", span("spans", 2, 1_764_500_100, "1")).then().statusCode(200);
    send("spans", "logs", said("spans", 2)).then().statusCode(200);

    App.until(
        () ->
            begunWithin(1_764_500_100, 1_764_500_100).stream()
                .map(Attempt::score)
                .anyMatch(Objects::nonNull));
  }

  @Test
  void a_score_among_logs_is_the_call_s_that_it_names_though_that_comes_later() throws Exception {
    send("spans", "logs", scored("spans", 5, "00f067aa0ba902b7", "0.5")).then().statusCode(200);
    send("spans", "logs", said("spans", 5)).then().statusCode(200);
    send("spans", "traces", span("spans", 5, 1_764_500_400, null)).then().statusCode(200);

    App.until(() -> !scores(1_764_500_400).isEmpty());
    assertThat(scores(1_764_500_400)).extracting(Score::value).containsExactly(6);
  }

  @Test
  void a_score_among_logs_that_names_no_call_is_the_last_one_s_of_its_trace() throws Exception {
    send("support", "logs", said("support", 6)).then().statusCode(200);
    send("support", "traces", span("support", 6, 1_764_500_500, null)).then().statusCode(200);
    send("support", "logs", scored("support", 6, "", "1")).then().statusCode(200);

    App.until(() -> !scores(1_764_500_500).isEmpty());
    assertThat(scores(1_764_500_500))
        .extracting(Score::value, Score::comment)
        .containsExactly(tuple(10, "So says [email]"));
  }

  @Test
  void scores_among_logs_that_are_none_or_of_no_call_are_counted() throws Exception {
    long unusable = App.counted("spans", "score_unusable");
    long alone = App.counted("spans", "score_alone");
    send("spans", "logs", scored("spans", 7, "", "good")).then().statusCode(200);
    send("spans", "logs", scored("spans", 8, "", "0.1")).then().statusCode(200);
    assertThat(App.counted("spans", "score_unusable")).isEqualTo(unusable + 1);
    App.until(() -> App.counted("spans", "score_alone") == alone + 1);
  }

  @Test
  void a_call_whose_logs_never_come_or_are_another_agent_s_is_counted_as_one_without_a_prompt()
      throws Exception {
    long before = App.counted("spans", "no_prompt");
    send("spans", "traces", span("spans", 3, 1_764_500_200, null)).then().statusCode(200);
    send("support", "logs", said("spans", 4)).then().statusCode(200);
    send("spans", "traces", span("spans", 4, 1_764_500_300, null)).then().statusCode(200);
    App.until(() -> App.counted("spans", "no_prompt") == before + 2);
    App.agent("other").body("{}").post("/capture/spans/v1/logs").then().statusCode(401);
  }

  @Test
  void logs_of_other_things_are_passed_over_and_what_is_none_is_refused() {
    String line = "{\"resourceLogs\": [{\"scopeLogs\": [{\"logRecords\": [{\"body\": {}}]}]}]}";
    send("spans", "logs", line).then().statusCode(200).body("", anEmptyMap());
    send("spans", "logs", "{\"resourceLogs\": [")
        .then()
        .statusCode(400)
        .body("message", containsString("no JSON"));
    send("quiet", "logs", "{").then().statusCode(200);
    App.agent("spans")
        .contentType("text/plain")
        .body("hello")
        .post("/capture/spans/v1/logs")
        .then()
        .statusCode(415);
  }

  private static void all(String file, String agent) throws IOException {
    for (String line : lines(file)) {
      String signal = line.startsWith("{\"resourceLogs\"") ? "logs" : "traces";
      send(agent, signal, line).then().statusCode(200).body("", anEmptyMap());
    }
  }

  private static List<String> lines(String file) throws IOException {
    return Files.readAllLines(Path.of("src/test/resources/imports", file));
  }

  private static Response send(String agent, String signal, String json) {
    return App.agent(agent).body(json).post("/capture/{agent}/v1/{signal}", agent, signal);
  }

  private static List<Attempt> begunWithin(long first, long last) {
    return App.attempts().stream()
        .filter(a -> a.startedAt() / 1_000 >= first && a.startedAt() / 1_000 <= last)
        .sorted(Comparator.comparingLong(Attempt::startedAt))
        .toList();
  }

  private static String trace(String agent, int id) {
    return ("%02x".formatted(id) + "ab".repeat(15)).substring(0, 30)
        + (agent.equals("spans") ? "00" : "01");
  }

  /** A span that does not say what was said; with a score, where there is one. */
  private static String span(String agent, int id, long second, @Nullable String score) {
    Object events =
        score == null
            ? List.of()
            : List.of(
                Map.of(
                    "name",
                    "gen_ai.evaluation.result",
                    "attributes",
                    List.of(attribute("gen_ai.evaluation.score.value", score))));
    return Json.write(
        Map.of(
            "resourceSpans",
            List.of(
                Map.of(
                    "scopeSpans",
                    List.of(
                        Map.of(
                            "spans",
                            List.of(
                                Map.of(
                                    "traceId",
                                    trace(agent, id),
                                    "spanId",
                                    "00f067aa0ba902b7",
                                    "startTimeUnixNano",
                                    second + "000000000",
                                    "attributes",
                                    List.of(attribute("gen_ai.operation.name", "chat")),
                                    "events",
                                    events))))))));
  }

  /** The scores of the calls of that second. */
  private static List<Score> scores(long second) {
    return begunWithin(second, second).stream()
        .map(Attempt::score)
        .filter(Objects::nonNull)
        .toList();
  }

  /** A score of a trace among logs. */
  private static String scored(String agent, int id, String span, String value) {
    return logs(
        Map.of(
            "traceId",
            trace(agent, id),
            "spanId",
            span,
            "eventName",
            "gen_ai.evaluation.result",
            "attributes",
            List.of(
                attribute("gen_ai.evaluation.score.value", value),
                attribute("gen_ai.evaluation.explanation", "So says jo.log@shop.org"))));
  }

  private static String logs(Object... records) {
    return Json.write(
        Map.of(
            "resourceLogs",
            List.of(Map.of("scopeLogs", List.of(Map.of("logRecords", List.of(records)))))));
  }

  private static Map<String, Object> attribute(String key, String value) {
    return Map.of("key", key, "value", Map.of("stringValue", value));
  }

  private static String said(String agent, int id) {
    return logs(
        said(agent, id, "gen_ai.system.message", "content", MOOD),
        said(agent, id, "gen_ai.user.message", "content", "Fine"),
        said(agent, id, "gen_ai.choice", "message", "positive"));
  }

  private static Map<String, Object> said(
      String agent, int id, String event, String member, String text) {
    return Map.of(
        "traceId",
        trace(agent, id),
        "spanId",
        "00f067aa0ba902b7",
        "eventName",
        event,
        "body",
        Map.of("kvlistValue", Map.of("values", List.of(attribute(member, text)))));
  }

  private static ExportLogsServiceRequest request(LogRecord... records) {
    return ExportLogsServiceRequest.newBuilder()
        .addResourceLogs(
            ResourceLogs.newBuilder()
                .addScopeLogs(ScopeLogs.newBuilder().addAllLogRecords(List.of(records))))
        .build();
  }

  private static LogRecord event(String name, AnyValue body) {
    return LogRecord.newBuilder()
        .setTraceId(ByteString.fromHex(trace("support", 1)))
        .setSpanId(ByteString.fromHex("00f067aa0ba902b7"))
        .addAttributes(KeyValue.newBuilder().setKey("event.name").setValue(text(name)))
        .setBody(body)
        .build();
  }

  private static AnyValue body(String key, AnyValue value) {
    return AnyValue.newBuilder()
        .setKvlistValue(
            KeyValueList.newBuilder().addValues(KeyValue.newBuilder().setKey(key).setValue(value)))
        .build();
  }

  private static AnyValue text(String value) {
    return AnyValue.newBuilder().setStringValue(value).build();
  }

  private static byte[] packed(byte[] plain) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(plain);
    }
    return packed.toByteArray();
  }
}
