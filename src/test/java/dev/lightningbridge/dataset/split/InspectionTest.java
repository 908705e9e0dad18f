package dev.lightningbridge.dataset.split;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lightningbridge.camp.CampDatabase;
import dev.lightningbridge.camp.Samples;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.common.Skipped;
import dev.lightningbridge.corpus.AttemptKind;
import dev.lightningbridge.dataset.InMemoryCorpus;
import dev.lightningbridge.dataset.PooledSession;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InspectionTest {
  @Test
  void a_lineage_is_counted_by_kind_and_its_mean_is_of_current_scores_only() {
    InMemoryCorpus corpus =
        InMemoryCorpus.withAgent("p")
            .attempt("1", "a", "x", 4)
            .attempt("2", "A ", "x", 9)
            .attempt("3", "b", "x", null)
            .attempt("4", AttemptKind.ANALYSIS, "c", "x", null)
            .attempt("5", AttemptKind.FAILED, "d", null, 1)
            .addTestCase("case-1", "e", "wanted")
            .skip(new Skipped("row", "LB-1102", "no blob"));

    Inspection inspection = Inspection.of(corpus, SplitPlan.DEFAULT);

    Inspection.SessionView session = inspection.sessions().get(0);
    assertThat(session.tasks()).isEqualTo(5);
    assertThat(session.missingTasks()).isEqualTo(11);
    Inspection.LineageView lineage = session.lineages().get(0);
    assertThat(lineage.attempts())
        .isEqualTo(Map.of("scored", 2L, "unscored", 1L, "analysis", 1L, "failed", 1L));
    assertThat(lineage.meanScore()).isEqualTo(6.5);
    assertThat(lineage.agentVersions())
        .containsExactly(new Inspection.VersionView("A1", 1, "Agent"));
    assertThat(inspection.skippedRows()).isEqualTo(Map.of("LB-1102", 1L));
  }

  @Test
  void a_session_with_one_input_says_how_many_more_are_needed() {
    InMemoryCorpus corpus = InMemoryCorpus.withAgent("p").attempt("1", "a", "x", 4);
    Inspection.LineageView lineage =
        Inspection.of(corpus, SplitPlan.DEFAULT).sessions().get(0).lineages().get(0);
    assertThat(lineage.optimisable()).isFalse();
    assertThat(lineage.reasons())
        .containsExactly(
            "15 more distinct inputs are needed; give them with --tasks, or have them written with"
                + " --synthesize");
  }

  @Test
  void the_best_lineage_is_the_one_with_the_best_mean_that_can_be_optimised() {
    InMemoryCorpus corpus =
        InMemoryCorpus.withAgent("p")
            .addLineage("L2", "S1", "B", true)
            .addVersion("A2", "L2", 1, "q")
            .addLineage("L3", "S1", "C", false);
    for (int i = 0; i < 16; i++) {
      corpus.attempt("a" + i, "input " + i, "x", 5);
    }

    Inspection.SessionView session = Inspection.of(corpus, SplitPlan.DEFAULT).sessions().get(0);

    assertThat(session.missingTasks()).isZero();
    assertThat(session.bestLineageId()).isEqualTo("L1");
    assertThat(session.lineages())
        .extracting(Inspection.LineageView::optimisable)
        .containsExactly(true, false, false);
    assertThat(session.lineages().get(1).reasons()).singleElement().asString().contains("locked");
    assertThat(session.lineages().get(2).reasons())
        .containsExactly("it has no agent version to start from");
  }

  @Test
  void inputs_of_a_pooled_session_count_once_and_its_answers_too() {
    InMemoryCorpus corpus =
        InMemoryCorpus.withAgent("p")
            .attempt("1", "a", "x", 4)
            .attempt("2", "b", "x", null)
            .addTestCase("case-1", "wanted", "yes")
            .addSession("S2")
            .addTestCase("S2", "case-2", "A ", "yes")
            .addTestCase("S2", "case-3", "c", "no");

    Inspection inspection = Inspection.of(corpus, SplitPlan.DEFAULT, Seals.none(0), List.of("S2"));

    Inspection.SessionView session = inspection.sessions().get(0);
    assertThat(session.pooled()).containsExactly(new PooledSession("S2", "Session S2", 1, 0, 0));
    assertThat(session.tasks()).isEqualTo(4);
    assertThat(session.answered()).isEqualTo(3);
    assertThat(inspection.sessions().get(1).pooled()).isEmpty();
    assertThat(inspection.sessions().get(1).tasks()).isEqualTo(2);
  }

  @Test
  void it_is_json_as_it_is() {
    assertThat(Json.write(Inspection.of(InMemoryCorpus.withAgent("p"), SplitPlan.DEFAULT)))
        .contains("\"bestLineageId\":null", "\"optimisable\":false", "\"minimumTasks\":16");
  }

  @ParameterizedTest
  @CsvSource({
    "small.db, 0, 2, 1",
    "v8.db, 0, 3, 2",
    "v9-from-v4-continued.db, 0, 3, 2",
  })
  void the_samples_of_the_app_have_locks_and_no_comparisons(
      String sample, int comparisons, int locks, int inputs) {
    try (CampDatabase database =
        CampDatabase.open(Samples.file(sample), CampDatabase.Options.DEFAULT)) {
      List<ChoiceCounts> counts =
          Inspection.of(database.corpus(), SplitPlan.DEFAULT).sessions().stream()
              .flatMap(session -> session.lineages().stream())
              .map(Inspection.LineageView::choices)
              .toList();

      assertThat(
              List.of(
                  counts.stream().mapToInt(ChoiceCounts::comparisons).sum(),
                  counts.stream().mapToInt(ChoiceCounts::locks).sum(),
                  counts.stream().mapToInt(ChoiceCounts::inputs).sum()))
          .containsExactly(comparisons, locks, inputs);
    }
  }
}
