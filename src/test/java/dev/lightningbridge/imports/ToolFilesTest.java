package dev.lightningbridge.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.lightningbridge.camp.CampDatabase;
import dev.lightningbridge.corpus.Attempt;
import dev.lightningbridge.corpus.TestCase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.assertj.core.groups.Tuple;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that Langfuse, promptfoo and OpenTelemetry wrote, found by what they begin with. */
class ToolFilesTest {
  private static final String PROMPT = "Name the mood in one word.";

  @TempDir Path folder;

  @Test
  void traces_of_langfuse_have_the_prompt_of_their_generation_and_the_score_of_a_person() {
    ImportReport report = imported("langfuse-traces.jsonl", Scale.TO_FIVE);

    assertThat(report.rows()).isEqualTo(new ImportReport.Rows(3, 3, 0, 0, 2, 0, 0));
    assertThat(attempts())
        .containsExactlyInAnyOrder(
            tuple(PROMPT, "Great fun", "positive", 10, "Right", "gpt-4o-mini"),
            tuple(PROMPT, "So dull", "positive", 1, "Wrong", "gpt-4o-mini"),
            tuple(PROMPT, "Fine", "positive", null, null, "unknown"));
    assertThat(report.keptAsMetadata()).contains("score.helpfulness", "sessionId", "userId");
  }

  @Test
  void a_page_of_langfuse_s_observations_gives_its_generations() {
    ImportReport report = imported("langfuse-observations.json", null);

    assertThat(report.rows().written()).isEqualTo(2);
    assertThat(attempts())
        .containsExactlyInAnyOrder(
            tuple(PROMPT, "Great fun", "positive", null, null, "gpt-4o-mini"),
            tuple(PROMPT, "So dull", "positive", null, null, "gpt-4o-mini"));
  }

  @Test
  void results_of_promptfoo_have_the_template_as_prompt_and_the_rating_of_a_person_as_score() {
    ImportReport report = imported("promptfoo.json", null);

    assertThat(report.rows().written()).isEqualTo(6);
    String template = "Name the mood of the review in one word: {{review}}";
    assertThat(attempts())
        .containsExactlyInAnyOrder(
            tuple(template, "{\"review\":\"Great fun\"}", "positive", 10, "Right", "words"),
            tuple(template, "{\"review\":\"So dull\"}", "negative", 1, "Too short", "words"),
            tuple(template, "{\"review\":\"Fine\"}", "positive", null, null, "words"),
            tuple("Be brief.", "What mood has this? Great fun", "positive", null, null, "words"),
            tuple("Be brief.", "What mood has this? So dull", "negative", null, null, "words"),
            tuple("Be brief.", "What mood has this? Fine", "positive", null, null, "words"));
    assertThat(testCases())
        .extracting(TestCase::input, TestCase::expected)
        .contains(tuple("{\"review\":\"So dull\"}", "negative"));
  }

  @Test
  void lines_of_promptfoo_are_the_same_rows_without_ratings() {
    ImportReport report = imported("promptfoo.jsonl", null);

    assertThat(report.rows()).isEqualTo(new ImportReport.Rows(6, 6, 0, 0, 0, 0, 4));
    assertThat(report.keptAsMetadata()).contains("assertions");
  }

  @Test
  void spans_of_every_instrumentation_are_the_calls_that_it_watched() {
    for (String file :
        List.of(
            "otlp-genai.json",
            "otlp-openllmetry.json",
            "otlp-openlit.json",
            "otlp-pydantic-ai.json",
            "otlp-openinference.json",
            "otlp-vercel-ai.json",
            "otlp-openai-java.json",
            "otlp-openai-v2.json",
            "otlp-genai-events.json")) {
      ImportReport report = imported(file, null);

      assertThat(report.rows().read()).isEqualTo(2);
      assertThat(attempts())
          .containsExactlyInAnyOrder(
              tuple(PROMPT, "Great fun", "positive", null, null, "gpt-4o-mini"),
              tuple(PROMPT, "So dull", "negative", null, null, "gpt-4o-mini"));
    }
  }

  /** As OpenLLMetry wrote them until 0.55, and as the conventions until 1.36 had them. */
  @Test
  void older_spans_have_numbered_attributes_or_events_and_an_evaluation_is_a_score()
      throws IOException {
    Path file = folder.resolve("old.json");
    Files.writeString(
        file,
        """
        {"resourceSpans": [{"scopeSpans": [{"spans": [
          {"traceId": "a", "spanId": "1", "startTimeUnixNano": "1764400000000000000", "attributes": [
            {"key": "gen_ai.prompt.0.role", "value": {"stringValue": "system"}},
            {"key": "gen_ai.prompt.0.content", "value": {"stringValue": "Name the mood in one word."}},
            {"key": "gen_ai.prompt.1.role", "value": {"stringValue": "user"}},
            {"key": "gen_ai.prompt.1.content", "value": {"stringValue": "Great fun"}},
            {"key": "gen_ai.completion.0.role", "value": {"stringValue": "assistant"}},
            {"key": "gen_ai.completion.0.content", "value": {"stringValue": "positive"}}],
           "events": [{"name": "gen_ai.evaluation.result", "attributes": [
            {"key": "gen_ai.evaluation.name", "value": {"stringValue": "mood"}},
            {"key": "gen_ai.evaluation.score.value", "value": {"doubleValue": 0.5}},
            {"key": "gen_ai.evaluation.explanation", "value": {"stringValue": "Half"}}]}]},
          {"traceId": "a", "spanId": "2", "startTimeUnixNano": "1764400001000000000", "attributes": [
            {"key": "gen_ai.operation.name", "value": {"stringValue": "chat"}},
            {"key": "gen_ai.request.model", "value": {"stringValue": "m"}}],
           "events": [
            {"name": "gen_ai.system.message", "attributes": [
             {"key": "content", "value": {"stringValue": "Name the mood in one word."}}]},
            {"name": "gen_ai.user.message", "attributes": [
             {"key": "content", "value": {"stringValue": "So dull"}}]},
            {"name": "gen_ai.choice", "attributes": [{"key": "message", "value": {"kvlistValue": {"values": [
             {"key": "role", "value": {"stringValue": "assistant"}},
             {"key": "content", "value": {"stringValue": "negative"}}]}}}]}]},
          {"traceId": "a", "spanId": "3", "name": "GET /", "attributes": []}]}]}]}
        """);

    ImportReport report = imported(file, null);

    assertThat(report.rows().read()).isEqualTo(2);
    assertThat(attempts())
        .containsExactlyInAnyOrder(
            tuple(PROMPT, "Great fun", "positive", 6, "Half", "unknown"),
            tuple(PROMPT, "So dull", "negative", null, null, "m"));
  }

  @Test
  void words_in_logs_are_their_call_s_also_where_its_span_comes_first() throws IOException {
    for (String name :
        List.of("otlp-openai-java.json", "otlp-openai-v2.json", "otlp-genai-events.json")) {
      Path file = folder.resolve(name);
      Files.write(file, Files.readAllLines(resource(name)).reversed());

      ImportReport report = imported(file, null);

      assertThat(report.rows()).isEqualTo(new ImportReport.Rows(2, 2, 0, 0, 0, 0, 0));
      assertThat(attempts())
          .containsExactlyInAnyOrder(
              tuple(PROMPT, "Great fun", "positive", null, null, "gpt-4o-mini"),
              tuple(PROMPT, "So dull", "negative", null, null, "gpt-4o-mini"));
    }
  }

  @Test
  void a_call_whose_words_are_nowhere_is_a_row_without_input_as_it_was() throws IOException {
    Path file = folder.resolve("spans.json");
    Files.writeString(
        file,
        Files.readAllLines(resource("otlp-openai-java.json")).getLast()
            + Files.readString(resource("otlp-genai.json")));

    ImportReport report = imported(file, null);

    assertThat(report.rows().read()).isEqualTo(4);
    assertThat(report.skippedByCode()).containsExactly(Map.entry("LB-2212", 2L));
  }

  @Test
  void a_file_that_ends_in_the_middle_gives_the_rows_before_and_says_so() throws IOException {
    String whole = Files.readString(resource("otlp-genai.json"));
    Path file = folder.resolve("cut.json");
    Files.writeString(file, whole.substring(0, whole.lastIndexOf("startTimeUnixNano")));

    ImportReport report = imported(file, null);

    assertThat(report.rows().written()).isPositive();
    assertThat(report.skippedByCode()).containsExactly(Map.entry("LB-2210", 1L));
  }

  private ImportReport imported(String name, @Nullable Scale scale) {
    return imported(resource(name), scale);
  }

  private ImportReport imported(Path file, @Nullable Scale scale) {
    try {
      Files.deleteIfExists(folder.resolve("camp.db"));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return new Importer(Clock.systemUTC())
        .run(
            new ImportRequest(
                ImportRequest.Given.of(file),
                folder.resolve("camp.db"),
                null,
                null,
                null,
                Map.of(),
                scale,
                null,
                false));
  }

  private static Path resource(String name) {
    return Path.of("src/test/resources/imports", name);
  }

  private List<Tuple> attempts() {
    return in(
        camp -> {
          try (Stream<Attempt> attempts = camp.corpus().attempts()) {
            return attempts
                .map(
                    a ->
                        tuple(
                            a.systemPrompt(),
                            a.input(),
                            a.output(),
                            a.score() == null ? null : a.score().value(),
                            a.score() == null ? null : a.score().comment(),
                            a.model().modelId()))
                .toList();
          }
        });
  }

  private List<TestCase> testCases() {
    return in(d -> d.corpus().testCases());
  }

  private <T> T in(Function<CampDatabase, T> look) {
    try (CampDatabase camp =
        CampDatabase.open(folder.resolve("camp.db"), CampDatabase.Options.DEFAULT)) {
      return look.apply(camp);
    }
  }
}
