package dev.lightningbridge.dataset.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.common.Skipped;
import dev.lightningbridge.corpus.Attempt;
import dev.lightningbridge.corpus.AttemptKind;
import dev.lightningbridge.corpus.Lock;
import dev.lightningbridge.corpus.ModelSettings;
import dev.lightningbridge.corpus.Preference;
import dev.lightningbridge.corpus.Score;
import dev.lightningbridge.dataset.InMemoryCorpus;
import dev.lightningbridge.dataset.InputKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** sft, dpo and rl. */
class TuningExportsTest {
  @TempDir Path out;

  @Test
  void an_sft_example_is_the_real_prompt_the_real_input_and_a_well_scored_output()
      throws IOException {
    InMemoryCorpus corpus =
        InMemoryCorpus.withAgent("Be {kind}.")
            .attempt("a1", "Refund?", "Yes.", 8)
            .attempt("a2", "Refund?", "No.", 7)
            .attempt("a3", "Refund?", "Unscored.", null)
            .attempt("a4", AttemptKind.FAILED, "Refund?", "echo", 10)
            .attempt("a5", AttemptKind.ANALYSIS, "Refund?", "Analysis.", null)
            .attempt("a6", "Refund?", "Yes.", 9);

    ExportReport report = Exports.export(corpus, ExportRequest.of(Format.SFT, out));

    assertThat(Files.readString(out.resolve("sft.jsonl")))
        .isEqualTo(
            "{\"messages\":[{\"role\":\"system\",\"content\":\"Be {kind}.\"},"
                + "{\"role\":\"user\",\"content\":\"Refund?\"},"
                + "{\"role\":\"assistant\",\"content\":\"Yes.\"}]}\n");
    assertThat(report.counts())
        .containsEntry("identical", 1L)
        .containsEntry("score_8", 1L)
        .containsEntry("without_output", 1L);
  }

  @Test
  void what_teaches_nothing_is_left_out_and_counted() throws IOException {
    InMemoryCorpus corpus =
        InMemoryCorpus.withAgent("p")
            .attempt("a1", "same", "same text", 9)
            .attempt("a2", "same", "same text", 2)
            .attempt("b1", "space", "same  text ", 9)
            .attempt("b2", "space", " same\ttext", 2)
            .attempt("c1", "form", "é NFC", 9)
            .attempt("c2", "form", "e\u0301 NFC", 2)
            .attempt("d1", "empty", "good answer", 9)
            .attempt("d2", "empty", " \n", 2)
            .attempt("e1", "fine", "Good.", 9)
            .attempt("e2", "fine", "good.", 2)
            .attempt("f1", "twice", "Good  answer", 9)
            .attempt("f2", "twice", "Good answer\n", 10);

    ExportReport pairs = Exports.export(corpus, ExportRequest.of(Format.DPO, out));
    ExportReport examples = Exports.export(corpus, ExportRequest.of(Format.SFT, out));

    assertThat(rows("dpo.jsonl")).hasSize(1);
    assertThat(pairs.counts()).containsEntry("alike", 3L);
    assertThat(pairs.skipped()).extracting(Skipped::id).containsExactly("d2");
    assertThat(rows("sft.jsonl"))
        .extracting(row -> row.get("messages").get(2).get("content").asText())
        .containsExactly("good answer", "Good.", "Good  answer");
    assertThat(examples.counts())
        .containsEntry("scored_both_ways", 3L)
        .containsEntry("identical", 1L);
  }

  @Test
  void metadata_says_where_an_sft_example_comes_from() throws IOException {
    Exports.export(
        InMemoryCorpus.withAgent("p").attempt("a1", "x", "y", 5),
        ExportRequest.of(Format.SFT, out).withMinScore(5).withMetadata(true));
    assertThat(rows("sft.jsonl").get(0).get("metadata"))
        .isEqualTo(
            Json.mapper()
                .readTree(
                    """
                    {"attempt_id":"a1","rollout_id":"rollout-of-a1","agent_version_id":"A1",
                     "lineage_id":"L1","session_id":"S1","score":5,"event_id":"event-a1"}
                    """));
  }

  @Test
  void an_output_whose_prompt_is_unknown_is_left_out_and_listed() {
    ExportReport report =
        Exports.export(
            InMemoryCorpus.withAgent("p").attempt(withoutPrompt()),
            ExportRequest.of(Format.SFT, out));
    assertThat(report.files().get(0).rows()).isZero();
    assertThat(report.skipped())
        .extracting(Skipped::id, Skipped::code)
        .containsExactly(tuple("a9", "LB-2031"));
  }

  @Test
  void a_dpo_pair_is_a_conversation_with_two_answers_and_its_events() throws IOException {
    Exports.export(
        InMemoryCorpus.withAgent("Be kind.")
            .attempt("a1", "Refund?", "Yes.", 9)
            .attempt("a2", "refund? ", "No.", 6)
            .attempt("a3", "Weather?", "Rain.", 2)
            .attempt("a4", "Refund?", "Maybe.", 7),
        ExportRequest.of(Format.DPO, out));
    assertThat(rows("dpo.jsonl"))
        .containsExactly(
            Json.mapper()
                .readTree(
                    """
                    {"prompt":[{"role":"system","content":"Be kind."},
                               {"role":"user","content":"Refund?"}],
                     "chosen":[{"role":"assistant","content":"Yes."}],
                     "rejected":[{"role":"assistant","content":"No."}],
                     "source":"scores","source_event_ids":["event-a1","event-a2"],
                     "cross_input":false}
                    """));
  }

  @Test
  void only_examples_of_the_inputs_asked_for_are_written() throws IOException {
    InMemoryCorpus corpus =
        InMemoryCorpus.withAgent("p")
            .attempt("a1", "Refund?", "Yes.", 9)
            .attempt("a2", "Refund?", "No.", 2)
            .attempt("a3", "SEALED  input", "Good.", 9)
            .attempt("a4", "sealed input", "Bad.", 2);
    Set<InputKey> refund = Set.of(InputKey.of("refund?"));

    Exports.export(corpus, ExportRequest.of(Format.SFT, out).withInputs(refund));
    Exports.export(corpus, ExportRequest.of(Format.DPO, out).withInputs(refund));

    assertThat(rows("sft.jsonl")).hasSize(1);
    assertThat(rows("dpo.jsonl")).hasSize(1);
    assertThat(Files.readString(out.resolve("sft.jsonl")) + rows("dpo.jsonl"))
        .doesNotContainIgnoringCase("sealed");
  }

  @Test
  void a_lock_prefers_the_winners_latest_artifact_to_the_competitors() throws IOException {
    ExportReport report =
        Exports.export(
            InMemoryCorpus.withAgent("p")
                .attempt("a1", "x", "winner", 6)
                .attempt("a2", "x", "loser", 6)
                .attempt("a3", "x", "unscored loser", null)
                .addLock(
                    new Lock(
                        "lock-1",
                        "S1",
                        "L1",
                        List.of("L2"),
                        "artifact-a1",
                        List.of("artifact-a2", "artifact-a3", "artifact-gone"),
                        InMemoryCorpus.NOON)),
            ExportRequest.of(Format.DPO, out));
    assertThat(rows("dpo.jsonl"))
        .extracting(r -> r.at("/rejected/0/content").asText())
        .containsExactly("loser", "unscored loser");
    assertThat(report.counts()).containsEntry("by_lock", 2L);
  }

  @Test
  void a_comparison_makes_a_pair_that_names_it() throws IOException {
    Exports.export(
        InMemoryCorpus.withAgent("p")
            .attempt("a1", "x", "chosen", null)
            .attempt("a2", "x", "rejected", null)
            .addComparison(
                new Preference(
                    Preference.Source.COMPARISON,
                    "compared-1",
                    "S1",
                    "L1",
                    "artifact-a1",
                    List.of("artifact-a2"),
                    "It names the deadline",
                    InMemoryCorpus.NOON)),
        ExportRequest.of(Format.DPO, out));
    assertThat(rows("dpo.jsonl"))
        .singleElement()
        .matches(r -> r.get("source").asText().equals("comparison"))
        .matches(r -> r.at("/source_event_ids/0").asText().equals("compared-1"))
        .matches(r -> r.at("/chosen/0/content").asText().equals("chosen"));
  }

  @Test
  void pairs_across_inputs_say_so() throws IOException {
    Exports.export(
        InMemoryCorpus.withAgent("p").attempt("a1", "x", "good", 9).attempt("a2", "y", "bad", 2),
        ExportRequest.of(Format.DPO, out).withPairs(new PairRules(3, true, 20)));
    assertThat(rows("dpo.jsonl"))
        .singleElement()
        .matches(r -> r.get("cross_input").asBoolean())
        .matches(r -> r.at("/prompt/1/content").asText().equals("x"));
  }

  @Test
  void no_texts_stay_behind_in_the_folder() {
    Exports.export(
        InMemoryCorpus.withAgent("p").attempt("a1", "x", "good", 9).attempt("a2", "x", "bad", 2),
        ExportRequest.of(Format.DPO, out));
    assertThat(out.toFile().list()).containsExactly("dpo.jsonl");
  }

  @Test
  void rl_rows_have_the_same_text_columns_and_the_sealed_tasks_are_in_no_file() throws IOException {
    InMemoryCorpus corpus =
        InMemoryCorpus.withAgent("Be kind.").addTestCase("case-1", "Given", "wanted");
    for (int i = 0; i < 39; i++) {
      corpus.attempt("a" + i, "input " + i, "y", 5);
    }
    ExportReport report = Exports.export(corpus, ExportRequest.of(Format.RL, out));
    Exports.export(corpus, ExportRequest.of(Format.TASKS, out));

    List<JsonNode> train = rows("rl-train.jsonl");
    List<JsonNode> validation = rows("rl-validation.jsonl");
    List<String> columns =
        List.of(
            "id",
            "input",
            "expected",
            "checks",
            "grading",
            "system_prompt",
            "agent_version_id",
            "session_id",
            "source");
    assertThat(Stream.concat(train.stream(), validation.stream()))
        .allSatisfy(
            row -> {
              assertThat(row.fieldNames()).toIterable().containsExactlyElementsOf(columns);
              assertThat(row).allMatch(JsonNode::isTextual);
            });
    for (JsonNode task : rows("tasks.jsonl")) {
      String split = task.get("split").asText();
      assertThat(ids(train).contains(task.get("id").asText())).isEqualTo(split.equals("train"));
      assertThat(ids(validation).contains(task.get("id").asText()))
          .isEqualTo(split.equals("validation"));
    }
    assertThat(report.counts().get("sealed") + train.size() + validation.size()).isEqualTo(40);
  }

  @Test
  void rl_rows_have_the_prompt_of_the_best_lineages_agent_of_today() throws IOException {
    InMemoryCorpus corpus =
        InMemoryCorpus.withAgent("first")
            .addVersion("A2", "L1", 2, "newest")
            .addLineage("L2", "S1", "B", false)
            .addVersion("B1", "L2", 1, "other")
            .attempt("a1", "x", "y", 5);
    Exports.export(corpus, ExportRequest.of(Format.RL, out));
    assertThat(rows("rl-train.jsonl"))
        .singleElement()
        .matches(r -> r.get("system_prompt").asText().equals("newest"))
        .matches(r -> r.get("grading").asText().equals("need of S1"));
  }

  @Test
  void a_session_without_an_agent_makes_no_rl_rows_and_is_listed() {
    ExportReport report =
        Exports.export(new InMemoryCorpus().addSession("S1"), ExportRequest.of(Format.RL, out));
    assertThat(report.skipped()).extracting(Skipped::code).containsExactly("LB-2032");
  }

  private static Attempt withoutPrompt() {
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
        new Score(9, null, null, InMemoryCorpus.NOON),
        "art9",
        null,
        InMemoryCorpus.NOON + 3_600_000,
        null);
  }

  private static List<String> ids(List<JsonNode> rows) {
    return rows.stream().map(r -> r.get("id").asText()).toList();
  }

  private List<JsonNode> rows(String file) throws IOException {
    List<JsonNode> rows = new ArrayList<>();
    for (String line : Files.readAllLines(out.resolve(file))) {
      rows.add(Json.mapper().readTree(line));
    }
    return rows;
  }
}
