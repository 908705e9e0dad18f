package dev.lightningbridge.dataset.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lightningbridge.camp.CampDatabase;
import dev.lightningbridge.camp.Samples;
import dev.lightningbridge.corpus.AttemptKind;
import dev.lightningbridge.corpus.Span;
import dev.lightningbridge.corpus.TrainingEvent;
import dev.lightningbridge.dataset.InMemoryCorpus;
import dev.lightningbridge.needs.Need;
import dev.lightningbridge.needs.Needs;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Writes each format to target/python-fixtures/exports, where python/tests/test_exports*.py load
 * them into the programs they are for.
 */
class ExportsForPythonTest {
  private static final Path OUT = Path.of("target/python-fixtures/exports");

  @ParameterizedTest
  @EnumSource
  void each_format_is_there_for_the_python_tests(Format format) {
    assertThat(Exports.export(corpus(), ExportRequest.of(format, OUT)).files())
        .allMatch(file -> file.rows() > 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"small", "v8", "v9-from-v4-continued"})
  @Needs(Need.APP_SAMPLES)
  void the_samples_are_there_too(String name) {
    try (CampDatabase database =
        CampDatabase.open(Samples.file(name + ".db"), CampDatabase.Options.DEFAULT)) {
      for (Format format : Format.values()) {
        Path out = OUT.resolve("samples").resolve(name);
        assertThat(Exports.export(database.corpus(), ExportRequest.of(format, out)).files())
            .anyMatch(file -> file.rows() > 0);
      }
    }
  }

  private static InMemoryCorpus corpus() {
    InMemoryCorpus corpus =
        InMemoryCorpus.withAgent("Reply as {\"answer\": 1}, not {x.__class__} \ud83d\ude00\n")
            .addVersion("A2", "L1", 2, "Be kind and brief.")
            .addEvent(
                new TrainingEvent(
                    1,
                    "event-1",
                    InMemoryCorpus.NOON,
                    "lineage.locked",
                    1,
                    "S1",
                    "L1",
                    null,
                    null,
                    null,
                    "djb2-2-00597a21",
                    List.of("selection:winner"),
                    "{}"))
            .addTestCase("case-1", "A case that a person gave", "Thank you.");
    for (int i = 0; i < 40; i++) {
      corpus.attempt(
          "attempt-" + i,
          "Ticket " + i % 29 + ": where is my order?",
          "Soon, no. " + i,
          1 + i % 10);
    }
    return corpus
        .attempt("unscored", AttemptKind.UNSCORED, "Ticket 1: where is my order?", "Soon.", null)
        .attempt("analysis", AttemptKind.ANALYSIS, "Ticket 2: where is my order?", "Soon.", null)
        .attempt("failed", AttemptKind.FAILED, "Ticket 3: where is my order?", null, null)
        .attempt("flow", AttemptKind.SCORED, "What are two tickets at 49?", "98", 9)
        .addSpan(span(0, "reasoning", "{\"step\":\"start\"}", "{}", null))
        .addSpan(span(1, "llm_call", "What are two tickets at 49?", "I will calculate.", null))
        .addSpan(span(2, "tool_call", null, null, "calculate"))
        .addSpan(span(3, "llm_call", "2*49 is 98. Answer.", "98", null))
        .addSpan(span(4, "output", "{}", "98", null));
  }

  private static Span span(
      int n, String type, @Nullable String input, @Nullable String output, @Nullable String tool) {
    return new Span(
        "span-" + n,
        "flow",
        n,
        type,
        input,
        output,
        null,
        tool,
        tool == null ? null : "{\"expression\":\"2*49\"}",
        tool == null ? null : "98",
        null,
        20L,
        InMemoryCorpus.NOON + 3_000_000 + n * 20L);
  }
}
