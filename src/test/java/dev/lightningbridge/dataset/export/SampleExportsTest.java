package dev.lightningbridge.dataset.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lightningbridge.camp.CampDatabase;
import dev.lightningbridge.camp.Samples;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.dataset.split.Inspection;
import dev.lightningbridge.dataset.split.SplitPlan;
import dev.lightningbridge.needs.Need;
import dev.lightningbridge.needs.Needs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The exports of databases that the app itself wrote. */
@Needs(Need.APP_SAMPLES)
class SampleExportsTest {
  @TempDir Path out;

  @ParameterizedTest
  @CsvSource({
    "small.db, 11",
    "small.localstorage.b64.txt, 11",
    "corrupt-invalid-json.db, 11",
    "hash-collision.db, 4",
    "v8.db, 45",
    "v9-from-v4-continued.db, 59",
    "empty.db, 0"
  })
  void every_scored_artifact_that_did_not_fail_is_one_reward(String sample, int evaluations)
      throws IOException {
    export(sample, Format.REWARDS);
    export(sample, Format.ROLLOUTS);
    List<JsonNode> rollouts = rows("rollouts.jsonl");
    List<JsonNode> rewards = rows("rewards.jsonl");

    long failed = rollouts.stream().filter(r -> kind(r).equals("failed")).count();
    assertThat(rewards).hasSizeBetween((int) (evaluations - failed), evaluations);
    assertThat(ids(rewards, "/attempt_id")).hasSameSizeAs(rewards);
    assertThat(ids(rewards, "/attempt_id"))
        .isEqualTo(
            rollouts.stream()
                .filter(r -> kind(r).equals("scored"))
                .map(r -> r.at("/attempt/attempt_id").asText())
                .collect(Collectors.toSet()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"small.db", "v8.db", "v9-from-v4-continued.db"})
  void every_span_belongs_to_a_rollout_and_every_rollout_with_a_known_agent_has_its_prompt(
      String sample) throws IOException {
    export(sample, Format.ROLLOUTS);
    export(sample, Format.RESOURCES);
    Set<String> resources = ids(rows("resources.jsonl"), "/resources_id");
    Set<String> rollouts = ids(rows("rollouts.jsonl"), "/rollout_id");
    assertThat(ids(rows("spans.jsonl"), "/rollout_id")).isEqualTo(rollouts);
    assertThat(rows("rollouts.jsonl"))
        .extracting(r -> r.get("resources_id").asText(null))
        .allMatch(id -> id != null && resources.contains(id));
  }

  @ParameterizedTest
  @ValueSource(strings = {"small.db", "v8.db", "v9-from-v4-continued.db", "empty.db"})
  void a_sample_has_too_few_inputs_and_its_inspection_says_how_many_more_it_needs(String sample)
      throws IOException {
    try (CampDatabase database = open(sample)) {
      Inspection inspection = Inspection.of(database.corpus(), SplitPlan.DEFAULT);
      assertThat(inspection.sessions())
          .allSatisfy(
              session -> {
                assertThat(session.tasks() + session.missingTasks()).isEqualTo(16);
                assertThat(session.bestLineageId()).isNull();
              });
    }
    export(sample, Format.TASKS);
    assertThat(ids(rows("tasks.jsonl"), "/split")).isSubsetOf("train");
  }

  private static CampDatabase open(String sample) {
    return CampDatabase.open(Samples.file(sample), CampDatabase.Options.DEFAULT);
  }

  private void export(String sample, Format format) {
    try (CampDatabase database = open(sample)) {
      Exports.export(database.corpus(), ExportRequest.of(format, out));
    }
  }

  private static String kind(JsonNode rollout) {
    return rollout.at("/metadata/kind").asText();
  }

  private static Set<String> ids(List<JsonNode> rows, String pointer) {
    return rows.stream().map(r -> r.at(pointer).asText()).collect(Collectors.toSet());
  }

  private List<JsonNode> rows(String file) throws IOException {
    try (Stream<String> lines = Files.lines(out.resolve(file))) {
      List<JsonNode> rows = new ArrayList<>();
      for (String line : lines.toList()) {
        rows.add(Json.mapper().readTree(line));
      }
      return rows;
    }
  }
}
