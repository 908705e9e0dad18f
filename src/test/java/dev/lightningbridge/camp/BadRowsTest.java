package dev.lightningbridge.camp;

import static dev.lightningbridge.camp.Inserts.ordered;
import static dev.lightningbridge.corpus.AttemptKind.SCORED;
import static dev.lightningbridge.corpus.AttemptKind.UNSCORED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lightningbridge.common.Skipped;
import dev.lightningbridge.corpus.Attempt;
import dev.lightningbridge.corpus.Corpus;
import dev.lightningbridge.corpus.ModelSettings;
import dev.lightningbridge.corpus.TrainingEvent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of rows that are broken: repaired by another row or left out, and always listed. */
class BadRowsTest {
  @TempDir Path folder;
  private CampFixture camp;
  private String lineage;
  private String agent;
  private CampFixture.Run run;
  private String scored;

  private final List<Attempt> attempts = new ArrayList<>();
  private final List<TrainingEvent> events = new ArrayList<>();
  private final List<String> skipped = new ArrayList<>();

  @BeforeEach
  void begin() {
    camp = CampFixture.create(folder.resolve("camp.db"), 9);
    lineage = camp.lineage(camp.session("Support", "Answer", "Ticket"), "A");
    agent = camp.agent(lineage, "Be brief.");
    run = camp.run(agent, 1, "Ticket", "Answer");
    scored = camp.score(run.artifactId(), 8, null);
  }

  @AfterEach
  void end() {
    camp.close();
  }

  @Test
  void a_missing_payload_costs_nothing_that_other_tables_know() {
    camp.sql("DELETE FROM payload_blobs");
    read();
    assertThatTheAttemptIsWhole();
    assertThat(events).hasSize(3).allMatch(e -> e.payload() == null);
    assertThat(skipped).hasSize(3).allMatch(s -> s.endsWith("LB-1102"));
  }

  @Test
  void a_stand_in_hash_has_no_payload() {
    camp.sql(
        "UPDATE training_events SET payload_hash = 'fallback_19b8dc2916d' WHERE id = ?", scored);
    read();
    assertThatTheAttemptIsWhole();
    assertThat(skipped).containsExactly(scored + " LB-1102");
  }

  @Test
  void bad_json_in_a_payload_is_not_used() {
    camp.sql("UPDATE payload_blobs SET content = substr(content, 1, length(content) / 2)");
    read();
    assertThatTheAttemptIsWhole();
    assertThat(skipped).hasSize(3).allMatch(s -> s.endsWith("LB-1103"));
  }

  @Test
  void a_payload_that_was_changed_is_not_used() {
    camp.sql("UPDATE payload_blobs SET content = replace(content, 'Answer', 'Better answer')");
    read();
    assertThatTheAttemptIsWhole();
    assertThat(skipped).containsExactlyInAnyOrder(run.eventId() + " LB-1104", scored + " LB-1104");
  }

  @Test
  void a_payload_of_another_row_is_not_used() {
    CampFixture.Run other = camp.run(agent, 2, "Ticket", "Other");
    String otherScore = camp.score(other.artifactId(), 2, null);
    camp.sql(
        "UPDATE training_events SET payload_hash ="
            + " (SELECT payload_hash FROM training_events WHERE id = ?) WHERE id = ?",
        scored,
        otherScore);
    read();
    assertThat(attempts).extracting(a -> a.score().value()).containsExactly(8, 2);
    assertThat(attempts.get(1).score().eventId()).isEqualTo(otherScore);
    assertThat(skipped).containsExactly(otherScore + " LB-1105");
  }

  @Test
  void bad_tags_are_none() {
    camp.sql("UPDATE training_events SET tags = '[\"a\",' WHERE id = ?", scored);
    camp.sql("UPDATE training_events SET tags = NULL WHERE id = ?", run.eventId());
    read();
    assertThat(events.get(2).tags()).isEmpty();
    assertThat(events.get(1).tags()).isEmpty();
    assertThat(skipped).containsExactly(scored + " LB-1106");
  }

  @Test
  void a_text_where_a_number_should_be_is_converted_or_none() {
    camp.sql("UPDATE artifacts SET cycle = 'three'");
    camp.sql("UPDATE attempts SET temperature = 'warm', max_tokens = x'313030'");
    read();
    assertThat(attempts).hasSize(1);
    assertThat(attempts.get(0).cycle()).isZero();
    assertThat(attempts.get(0).model()).isEqualTo(new ModelSettings("azure/gpt-4o", 0.5, 100, 0.9));
    assertThat(skipped).containsExactly(run.attemptId() + " LB-1107");
  }

  @Test
  void bytes_where_a_text_should_be_are_read_as_text() {
    camp.sql("UPDATE agent_definitions SET system_prompt = CAST(system_prompt AS BLOB)");
    read();
    assertThat(attempts.get(0).systemPrompt()).isEqualTo("Be brief.");
    assertThat(skipped).contains(agent + " LB-1107");
  }

  @Test
  void an_unknown_label_is_kept_and_told() {
    camp.sql("PRAGMA ignore_check_constraints = ON");
    camp.sql("UPDATE lineages SET label = 'Z'");
    read();
    assertThatTheAttemptIsWhole();
    assertThat(skipped).containsExactly(lineage + " LB-1108");
  }

  @Test
  void a_score_out_of_range_is_repaired_by_the_last_score_event() {
    camp.sql("PRAGMA ignore_check_constraints = ON");
    camp.sql("UPDATE evaluations SET score = 11, id = 'evaluation'");
    read();
    assertThatTheAttemptIsWhole();
    assertThat(skipped).containsExactly("evaluation LB-1109");
  }

  @Test
  void a_score_that_is_no_number_anywhere_is_none() {
    camp.sql("PRAGMA ignore_check_constraints = ON");
    camp.sql("UPDATE evaluations SET score = 'good', id = 'evaluation'");
    camp.sql("DELETE FROM training_events WHERE id = ?", scored);
    read();
    assertThat(attempts).extracting(Attempt::kind).containsExactly(UNSCORED);
    assertThat(skipped).contains("evaluation LB-1109");
  }

  @Test
  void a_missing_evaluation_is_repaired_by_the_last_score_event() {
    camp.sql("DELETE FROM evaluations");
    read();
    assertThatTheAttemptIsWhole();
    assertThat(skipped).isEmpty();
  }

  @Test
  void where_evaluation_and_event_disagree_the_evaluation_counts() {
    camp.sql("UPDATE evaluations SET score = 3");
    read();
    assertThat(attempts.get(0).score().value()).isEqualTo(3);
    assertThat(attempts.get(0).score().eventId()).isNull();
    assertThat(skipped).containsExactly(scored + " LB-1110");
  }

  @Test
  void an_artifact_without_metadata_is_joined_by_its_score_event() {
    camp.sql("UPDATE artifacts SET metadata = 'null'");
    read();
    assertThatTheAttemptIsWhole();
    assertThat(attempts.get(0).id()).isEqualTo(run.attemptId());
  }

  @Test
  void an_artifact_that_nothing_names_is_joined_by_lineage_and_cycle() {
    camp.sql("UPDATE artifacts SET metadata = '{'");
    camp.sql("DELETE FROM training_events WHERE id = ?", scored);
    read();
    assertThat(attempts).extracting(Attempt::id).containsExactly(run.attemptId());
    assertThat(attempts).extracting(Attempt::kind).containsExactly(SCORED);
    assertThat(skipped).containsExactly(run.attemptId() + " LB-1103");
  }

  @Test
  void two_artifacts_of_one_attempt_are_two_outputs() {
    camp.sql(
        "INSERT INTO artifacts (id, lineage_id, cycle, content, metadata, created_at)"
            + " SELECT 'twin', lineage_id, 2, 'Twin', metadata, created_at FROM artifacts");
    read();
    assertThat(attempts).extracting(Attempt::output).containsExactlyInAnyOrder("Answer", "Twin");
    assertThat(attempts).extracting(Attempt::id).containsExactlyInAnyOrder(run.attemptId(), "twin");
  }

  @Test
  void a_prompt_changed_in_place_is_taken_from_the_event_of_its_creation() {
    camp.sql("UPDATE agent_definitions SET system_prompt = 'Be long.'");
    read();
    assertThat(attempts.get(0).systemPrompt()).isEqualTo("Be brief.");
    assertThat(skipped).containsExactly(run.attemptId() + " LB-1111");
  }

  @Test
  void a_prompt_that_is_nowhere_any_more_is_none() {
    camp.sql("UPDATE agent_definitions SET system_prompt = 'Be long.'");
    camp.sql("DELETE FROM training_events WHERE event_type = 'agent.created'");
    read();
    assertThat(attempts.get(0).systemPrompt()).isNull();
    assertThat(skipped).containsExactly(run.attemptId() + " LB-1111");
  }

  @Test
  void rows_without_an_id_are_left_out() {
    camp.sql(
        "INSERT INTO training_events (timestamp, event_type, payload_hash, created_at)"
            + " VALUES (1, 'agent.created', 'x', 1)");
    camp.sql("INSERT INTO sessions (name, need, created_at, updated_at) VALUES ('n', 'n', 1, 1)");
    read();
    assertThatTheAttemptIsWhole();
    assertThat(skipped)
        .containsExactlyInAnyOrder("training_events row 4 LB-1101", "sessions row 2 LB-1101");
  }

  @Test
  void an_attempt_without_a_lineage_is_left_out() {
    CampFixture.Run lost = camp.run(agent, 2, "Ticket", "Answer");
    camp.sql("UPDATE rollouts SET lineage_id = 'nowhere' WHERE id = ?", lost.rolloutId());
    read();
    assertThatTheAttemptIsWhole();
    assertThat(skipped).containsExactly(lost.attemptId() + " LB-1112");
  }

  @Test
  void a_missing_rollout_is_repaired_by_the_agents_lineage() {
    camp.sql("DELETE FROM rollouts");
    read();
    assertThatTheAttemptIsWhole();
  }

  @Test
  void an_evaluation_of_no_artifact_is_left_out() {
    camp.sql("INSERT INTO evaluations VALUES ('stray', 'nowhere', 5, NULL, 1)");
    read();
    assertThatTheAttemptIsWhole();
    assertThat(skipped).containsExactly("stray LB-1113");
  }

  @Test
  void an_analysis_run_whose_payload_is_gone_is_left_out() {
    CampFixture.Run analysis = camp.analysis(agent, "Ticket", "Something");
    camp.sql(
        "DELETE FROM payload_blobs WHERE hash ="
            + " (SELECT payload_hash FROM training_events WHERE id = ?)",
        analysis.eventId());
    read();
    assertThatTheAttemptIsWhole();
    assertThat(skipped)
        .containsExactlyInAnyOrder(
            analysis.eventId() + " LB-1102", analysis.attemptId() + " LB-1114");
  }

  @Test
  void a_payload_nested_too_deep_is_not_used() {
    String deep = "[".repeat(5000) + "]".repeat(5000);
    camp.sql("INSERT INTO payload_blobs VALUES (?, ?, 1)", PayloadHash.of(deep), deep);
    camp.sql(
        "UPDATE training_events SET payload_hash = ? WHERE id = ?", PayloadHash.of(deep), scored);
    read();
    assertThatTheAttemptIsWhole();
    assertThat(skipped).containsExactly(scored + " LB-1103");
  }

  @Test
  void values_by_the_hundred_thousand_are_refused_before_they_fill_the_memory() {
    String keys =
        IntStream.range(0, 300_000)
            .mapToObj(i -> "\"" + i + "\":1")
            .collect(Collectors.joining(",", "{", "}"));
    String tags = "[" + "\"a\",".repeat(300_000) + "\"a\"]";
    camp.sql("INSERT INTO payload_blobs VALUES (?, ?, 1)", PayloadHash.of(keys), keys);
    camp.sql(
        "UPDATE training_events SET payload_hash = ?, tags = ? WHERE id = ?",
        PayloadHash.of(keys),
        tags,
        scored);
    read();
    assertThatTheAttemptIsWhole();
    assertThat(skipped).containsExactlyInAnyOrder(scored + " LB-1103", scored + " LB-1106");
  }

  @Test
  void metadata_of_an_odd_shape_is_not_used() {
    for (String odd :
        List.of("[]", "\"text\"", "17", "{\"attemptId\":{}}", "{\"executionSuccess\":\"no\"}")) {
      CampFixture.Run other = camp.run(agent, 9, "Ticket", "Answer");
      camp.sql("UPDATE artifacts SET metadata = ? WHERE id = ?", odd, other.artifactId());
    }
    read();
    assertThat(attempts)
        .extracting(Attempt::output)
        .contains("Answer")
        .hasSizeGreaterThanOrEqualTo(6);
  }

  @Test
  void texts_that_would_fill_the_memory_are_none() {
    camp.sql("UPDATE agent_definitions SET system_prompt = printf('%.*c', 17000000, 'x')");
    camp.sql(
        "UPDATE payload_blobs SET content = json_quote(printf('%.*c', 17000000, 'x')) WHERE hash ="
            + " (SELECT payload_hash FROM training_events WHERE id = ?)",
        scored);
    read();
    assertThat(attempts).extracting(a -> a.score().value()).containsExactly(8);
    assertThat(events.get(2).payload()).isNull();
    assertThat(skipped).contains(scored + " LB-1103", agent + " LB-1107");
  }

  @Test
  void an_unknown_event_type_passes() {
    camp.event("artifact.compared", ordered("winner", "x"), ordered("lineage_id", lineage));
    read();
    assertThat(events).hasSize(4);
    assertThat(skipped).isEmpty();
  }

  private void assertThatTheAttemptIsWhole() {
    assertThat(attempts).hasSize(1);
    Attempt attempt = attempts.get(0);
    assertThat(attempt.kind()).isEqualTo(SCORED);
    assertThat(attempt.input()).isEqualTo("Ticket");
    assertThat(attempt.output()).isEqualTo("Answer");
    assertThat(attempt.systemPrompt()).isEqualTo("Be brief.");
    assertThat(attempt.score().value()).isEqualTo(8);
    assertThat(attempt.score().eventId()).isEqualTo(scored);
  }

  private void read() {
    try (CampDatabase database = CampDatabase.open(camp.file(), CampDatabase.Options.DEFAULT)) {
      Corpus corpus = database.corpus();
      corpus.attempts().forEach(attempts::add);
      corpus.events().forEach(events::add);
      corpus.agentVersions();
      corpus.skipped().stream().map(BadRowsTest::line).forEach(skipped::add);
    }
  }

  private static String line(Skipped bad) {
    return bad.id() + " " + bad.code();
  }
}
