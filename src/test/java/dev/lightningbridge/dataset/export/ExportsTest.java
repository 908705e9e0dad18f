package dev.lightningbridge.dataset.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.common.Skipped;
import dev.lightningbridge.corpus.Attempt;
import dev.lightningbridge.corpus.AttemptKind;
import dev.lightningbridge.corpus.ModelSettings;
import dev.lightningbridge.corpus.Score;
import dev.lightningbridge.corpus.Span;
import dev.lightningbridge.dataset.InMemoryCorpus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportsTest {
  private static final String PROMPT = "Answer {\"answer\": 1} or {x.__class__} \ud83d\ude00\n";

  @TempDir Path out;

  @Test
  void a_rollout_carries_its_attempt_and_where_it_comes_from() throws IOException {
    InMemoryCorpus corpus = InMemoryCorpus.withAgent(PROMPT).attempt("a1", "Refund?", "No.", 7);

    ExportReport report = Exports.export(corpus, ExportRequest.of(Format.ROLLOUTS, out));

    assertThat(rows("rollouts.jsonl"))
        .containsExactly(
            json(
                """
                {"rollout_id":"rollout-of-a1","input":"Refund?","start_time":1767600060.000,
                 "end_time":1767600061.500,"mode":null,"resources_id":"A1","status":"succeeded",
                 "config":{"max_attempts":1,"retry_condition":[]},
                 "metadata":{"agent_version_id":"A1","agent_version":1,"lineage_id":"L1",
                   "session_id":"S1","cycle":1,"kind":"scored","artifact_id":"artifact-a1"},
                 "attempt":{"rollout_id":"rollout-of-a1","attempt_id":"a1","sequence_id":1,
                   "start_time":1767600060.000,"end_time":1767600061.500,"status":"succeeded",
                   "worker_id":null,"last_heartbeat_time":1767600061.500}}
                """));
    assertThat(report.files())
        .extracting(f -> f.path().getFileName().toString(), ExportReport.ExportedFile::rows)
        .containsExactly(tuple("rollouts.jsonl", 1L), tuple("spans.jsonl", 2L));
    assertThat(report.counts()).isEqualTo(Map.of("scored", 1L));
  }

  @Test
  void a_plain_attempt_is_one_chat_span_and_its_reward() throws IOException {
    Exports.export(
        InMemoryCorpus.withAgent(PROMPT).attempt("a1", "Refund?", "No.", 7),
        ExportRequest.of(Format.ROLLOUTS, out));

    List<JsonNode> spans = rows("spans.jsonl");
    assertThat(spans.get(0).get("attributes"))
        .isEqualTo(
            Json.mapper()
                .createObjectNode()
                .put("gen_ai.operation.name", "chat")
                .put("gen_ai.request.model", "azure/gpt-4o")
                .put("gen_ai.request.temperature", 0.7)
                .put("gen_ai.request.max_tokens", 2048)
                .put("gen_ai.prompt.0.role", "system")
                .put("gen_ai.prompt.0.content", PROMPT)
                .put("gen_ai.prompt.1.role", "user")
                .put("gen_ai.prompt.1.content", "Refund?")
                .put("gen_ai.completion.0.role", "assistant")
                .put("gen_ai.completion.0.content", "No."));
    assertThat(spans.get(1).at("/attributes/agentlightning.reward.0.value").asDouble())
        .isEqualTo(6 / 9.0);
    assertThat(spans).allMatch(s -> s.get("trace_id").asText().matches("[0-9a-f]{32}"));
    assertThat(spans).extracting(s -> s.get("span_id").asText()).doesNotHaveDuplicates();
  }

  @Test
  void the_same_database_gives_the_same_bytes() throws IOException {
    InMemoryCorpus corpus = InMemoryCorpus.withAgent(PROMPT).attempt("a1", "x", "y", 7);
    Exports.export(corpus, ExportRequest.of(Format.STORE, out));
    byte[] first = Files.readAllBytes(out.resolve("store.jsonl"));
    Exports.export(corpus, ExportRequest.of(Format.STORE, out));
    assertThat(out.resolve("store.jsonl")).hasBinaryContent(first);
  }

  @Test
  void a_recorded_tool_call_is_a_child_of_the_model_call_before_it() throws IOException {
    InMemoryCorpus corpus =
        InMemoryCorpus.withAgent(PROMPT)
            .attempt("a1", "2+2?", "4", 9)
            .addSpan(span(0, "reasoning", "{}", "{}", null))
            .addSpan(span(1, "llm_call", "Plan: 2+2?", "calculate", null))
            .addSpan(span(2, "tool_call", null, null, "calculate"))
            .addSpan(span(3, "output", "{}", "4", null));

    Exports.export(corpus, ExportRequest.of(Format.ROLLOUTS, out));

    List<JsonNode> spans = rows("spans.jsonl");
    assertThat(spans)
        .extracting(s -> s.get("name").asText())
        .containsExactly(
            "agentlightning.operation",
            "openai.chat.completion",
            "tool_call",
            "agentlightning.operation",
            "agentlightning.annotation");
    assertThat(spans.get(2).get("parent_id")).isEqualTo(spans.get(1).get("span_id"));
    assertThat(spans.get(2).at("/parent/span_id")).isEqualTo(spans.get(1).get("span_id"));
    assertThat(spans.get(1).at("/attributes/gen_ai.prompt.1.content").asText())
        .isEqualTo("Plan: 2+2?");
    assertThat(spans.get(1).get("end_time").decimalValue()).isEqualByComparingTo("1767600001.000");
    assertThat(spans.get(1).get("start_time").decimalValue())
        .isEqualByComparingTo("1767600000.900");
  }

  @Test
  void a_failed_attempt_has_no_answer_and_no_reward() throws IOException {
    InMemoryCorpus corpus =
        InMemoryCorpus.withAgent(PROMPT).attempt("a1", AttemptKind.FAILED, "x", "echo of x", 1);
    Exports.export(corpus, ExportRequest.of(Format.ROLLOUTS, out));
    Exports.export(corpus, ExportRequest.of(Format.REWARDS, out));

    assertThat(rows("rollouts.jsonl").get(0).get("status").asText()).isEqualTo("failed");
    JsonNode span = rows("spans.jsonl").get(0);
    assertThat(rows("spans.jsonl")).hasSize(1);
    assertThat(span.at("/status/status_code").asText()).isEqualTo("ERROR");
    assertThat(span.at("/status/description").asText()).isEqualTo("model unreachable");
    assertThat(span.get("attributes").has("gen_ai.completion.0.content")).isFalse();
    assertThat(rows("rewards.jsonl")).isEmpty();
  }

  @Test
  void an_analysis_run_without_a_rollout_gets_an_id_from_the_attempt() throws IOException {
    InMemoryCorpus corpus =
        InMemoryCorpus.withAgent(PROMPT).attempt("a1", AttemptKind.ANALYSIS, "x", "y", null);
    Exports.export(corpus, ExportRequest.of(Format.ROLLOUTS, out));
    assertThat(rows("rollouts.jsonl").get(0).get("rollout_id").asText()).isEqualTo("rollout-a1");
    assertThat(rows("rollouts.jsonl").get(0).at("/metadata/kind").asText()).isEqualTo("analysis");
  }

  @Test
  void a_reward_row_has_the_current_score_and_its_event() throws IOException {
    Exports.export(
        InMemoryCorpus.withAgent(PROMPT)
            .attempt("a1", "x", "y", 10)
            .attempt("a2", "x", "z", null)
            .attempt(commented()),
        ExportRequest.of(Format.REWARDS, out));
    assertThat(rows("rewards.jsonl"))
        .containsExactly(
            json(
                """
                {"rollout_id":"rollout-of-a1","attempt_id":"a1","reward":1.0,"score":10,
                 "source":"human","event_id":"event-a1"}
                """),
            json(
                """
                {"rollout_id":"r9","attempt_id":"a9","reward":0.0,"score":1,"source":"human",
                 "comment":"wrong","event_id":null}
                """));
  }

  @Test
  void a_prompt_is_exported_verbatim_under_an_engine_that_renders_it_to_itself()
      throws IOException {
    Exports.export(
        InMemoryCorpus.withAgent(PROMPT).addVersion("A2", "L1", 2, "Be kind."),
        ExportRequest.of(Format.RESOURCES, out));
    List<JsonNode> rows = rows("resources.jsonl");
    assertThat(rows).extracting(r -> r.get("resources_id").asText()).containsExactly("A1", "A2");
    assertThat(rows.get(0).at("/resources/prompt_template/template").asText()).isEqualTo(PROMPT);
    assertThat(rows.get(0).at("/resources/prompt_template/engine").asText()).isEqualTo("jinja");
    assertThat(rows.get(1).at("/resources/prompt_template/engine").asText()).isEqualTo("f-string");
    assertThat(rows.get(1).get("version").asInt()).isEqualTo(2);
  }

  @Test
  void the_store_has_resources_first_and_each_rollout_before_its_spans() throws IOException {
    Exports.export(
        InMemoryCorpus.withAgent(PROMPT).attempt("a1", "x", "y", 3).attempt("a2", "x", "y", null),
        ExportRequest.of(Format.STORE, out));
    assertThat(rows("store.jsonl"))
        .extracting(r -> r.get("kind").asText())
        .containsExactly("resources", "rollout", "span", "span", "rollout", "span");
  }

  @Test
  void tasks_name_their_set_and_a_session_with_too_few_seals_none() throws IOException {
    InMemoryCorpus corpus = InMemoryCorpus.withAgent(PROMPT).addTestCase("case-1", "Given", "out");
    for (int i = 0; i < 40; i++) {
      corpus.attempt("a" + i, "input " + i % 30, "y", 5);
    }
    ExportReport report = Exports.export(corpus, ExportRequest.of(Format.TASKS, out));

    List<JsonNode> rows = rows("tasks.jsonl");
    assertThat(rows).hasSize(31);
    assertThat(rows.get(0).get("id").asText()).isEqualTo("case-1");
    assertThat(rows.get(0).get("expected").asText()).isEqualTo("out");
    assertThat(rows.get(0).get("source").asText()).isEqualTo("provided");
    assertThat(rows)
        .extracting(r -> r.get("split").asText())
        .contains("train", "validation", "test");
    assertThat(report.counts()).containsEntry("captured", 30L).containsEntry("provided", 1L);

    Exports.export(
        InMemoryCorpus.withAgent(PROMPT).attempt("a1", "x", "y", 3),
        ExportRequest.of(Format.TASKS, out));
    assertThat(rows("tasks.jsonl"))
        .singleElement()
        .matches(r -> r.get("split").asText().equals("train"));
  }

  @Test
  void a_session_and_a_minimum_score_narrow_what_is_exported() throws IOException {
    InMemoryCorpus corpus =
        InMemoryCorpus.withAgent(PROMPT)
            .attempt("a1", "x", "y", 3)
            .attempt("a2", "x", "y", 8)
            .attempt("a3", "x", "y", null)
            .addSession("S2");
    Exports.export(corpus, ExportRequest.of(Format.ROLLOUTS, out).withMinScore(8));
    assertThat(rows("rollouts.jsonl")).hasSize(1);
    Exports.export(corpus, ExportRequest.of(Format.ROLLOUTS, out).withSession("S2"));
    assertThat(rows("rollouts.jsonl")).isEmpty();
    assertThatThrownBy(
            () -> Exports.export(corpus, ExportRequest.of(Format.TASKS, out).withSession("S3")))
        .isInstanceOf(BridgeException.class)
        .hasMessageContaining("LB-2020");
  }

  @Test
  void rows_that_the_database_could_not_give_are_in_the_report() {
    ExportReport report =
        Exports.export(
            InMemoryCorpus.withAgent("p").skip(new Skipped("e1", "LB-1102", "no blob")),
            ExportRequest.of(Format.REWARDS, out));
    assertThat(report.skipped()).extracting(Skipped::id).containsExactly("e1");
  }

  @Test
  void half_a_surrogate_pair_becomes_a_replacement_character() throws IOException {
    Exports.export(
        InMemoryCorpus.withAgent("p").attempt("a1", "cut \ud83d", "\ude00 \ud83d\ude00 end", 3),
        ExportRequest.of(Format.ROLLOUTS, out));
    assertThat(rows("rollouts.jsonl").get(0).get("input").asText()).isEqualTo("cut \ufffd");
    assertThat(rows("spans.jsonl").get(0).at("/attributes/gen_ai.completion.0.content").asText())
        .isEqualTo("\ufffd \ud83d\ude00 end");
  }

  @Test
  void a_format_is_found_by_its_label_and_an_unknown_one_lists_those_there_are() {
    assertThat(Format.of("tasks")).isEqualTo(Format.TASKS);
    assertThatThrownBy(() -> Format.of("parquet")).hasMessageContaining("tasks, rollouts");
  }

  private static Attempt commented() {
    return new Attempt(
        "a9",
        "r9",
        "L1",
        "S1",
        2,
        AttemptKind.SCORED,
        null,
        0,
        null,
        "in",
        "out",
        null,
        new ModelSettings("m", null, null, null),
        new Score(1, "wrong", null, InMemoryCorpus.NOON),
        "art9",
        null,
        InMemoryCorpus.NOON + 3_600_000,
        null);
  }

  private static Span span(int n, String type, String input, String output, String tool) {
    return new Span(
        "span-" + n,
        "a1",
        n,
        type,
        input,
        output,
        null,
        tool,
        tool == null ? null : "{\"e\":\"2+2\"}",
        tool == null ? null : "4",
        null,
        100L,
        InMemoryCorpus.NOON + n * 1000L);
  }

  private static JsonNode json(String text) throws IOException {
    return Json.mapper().readTree(text);
  }

  private List<JsonNode> rows(String file) throws IOException {
    try (Stream<String> lines = Files.lines(out.resolve(file))) {
      List<JsonNode> rows = new ArrayList<>();
      for (String line : lines.toList()) {
        rows.add(json(line));
      }
      return rows;
    }
  }
}
