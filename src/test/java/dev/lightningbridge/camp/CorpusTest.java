package dev.lightningbridge.camp;

import static dev.lightningbridge.camp.Inserts.ordered;
import static dev.lightningbridge.corpus.AttemptKind.ANALYSIS;
import static dev.lightningbridge.corpus.AttemptKind.FAILED;
import static dev.lightningbridge.corpus.AttemptKind.SCORED;
import static dev.lightningbridge.corpus.AttemptKind.UNSCORED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.lightningbridge.camp.files.CampError;
import dev.lightningbridge.common.Skipped;
import dev.lightningbridge.corpus.AgentVersion;
import dev.lightningbridge.corpus.Attempt;
import dev.lightningbridge.corpus.Corpus;
import dev.lightningbridge.corpus.Insight;
import dev.lightningbridge.corpus.Lineage;
import dev.lightningbridge.corpus.Lock;
import dev.lightningbridge.corpus.ModelSettings;
import dev.lightningbridge.corpus.Preference;
import dev.lightningbridge.corpus.Session;
import dev.lightningbridge.corpus.Span;
import dev.lightningbridge.corpus.TestCase;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How attempts, scores, sessions and feedback are joined when nothing is broken. */
class CorpusTest {
  @TempDir Path folder;
  private CampFixture camp;
  private String session;
  private String lineage;
  private String agent;

  @BeforeEach
  void begin() {
    begin("camp.db", 9);
  }

  private void begin(String name, int version) {
    camp = CampFixture.create(folder.resolve(name), version);
    session = camp.session("Support", "Answer tickets", "Ticket");
    lineage = camp.lineage(session, "A");
    if (version > 1) {
      agent = camp.agent(lineage, "Be brief.");
    }
  }

  @AfterEach
  void end() {
    camp.close();
  }

  @Test
  void a_scored_attempt_has_everything_that_belongs_to_it() {
    CampFixture.Run run = camp.run(agent, 1, "Ticket", "Answer");
    String event = camp.score(run.artifactId(), 8, "good");
    Attempt attempt = attempts().get(0);
    assertThat(attempt.id()).isEqualTo(run.attemptId());
    assertThat(attempt.rolloutId()).isEqualTo(run.rolloutId());
    assertThat(attempt.lineageId()).isEqualTo(lineage);
    assertThat(attempt.sessionId()).isEqualTo(session);
    assertThat(attempt.kind()).isEqualTo(SCORED);
    assertThat(attempt.agentVersionId()).isEqualTo(agent);
    assertThat(attempt.systemPrompt()).isEqualTo("Be brief.");
    assertThat(attempt.input()).isEqualTo("Ticket");
    assertThat(attempt.output()).isEqualTo("Answer");
    assertThat(attempt.error()).isNull();
    assertThat(attempt.model()).isEqualTo(new ModelSettings("azure/gpt-4o", 0.5, 2048, 0.9));
    assertThat(attempt.score().value()).isEqualTo(8);
    assertThat(attempt.score().comment()).isEqualTo("good");
    assertThat(attempt.score().eventId()).isEqualTo(event);
    assertThat(attempt.eventId()).isEqualTo(run.eventId());
    assertThat(attempt.durationMs()).isEqualTo(1000);
  }

  @Test
  void of_several_scores_the_last_one_counts() {
    CampFixture.Run run = camp.run(agent, 1, "Ticket", "Answer");
    camp.score(run.artifactId(), 2, null);
    camp.score(run.artifactId(), 9, null);
    String last = camp.score(run.artifactId(), 6, null);
    assertThat(attempts()).hasSize(1);
    assertThat(attempts().get(0).score().value()).isEqualTo(6);
    assertThat(attempts().get(0).score().eventId()).isEqualTo(last);
  }

  @Test
  void of_two_scores_in_one_millisecond_the_later_row_counts() {
    CampFixture.Run run = camp.run(agent, 1, "Ticket", "Answer");
    camp.score(run.artifactId(), 2, null);
    String last = camp.score(run.artifactId(), 6, null);
    camp.sql("UPDATE training_events SET timestamp = 5 WHERE event_type = 'artifact.scored'");
    assertThat(attempts().get(0).score().eventId()).isEqualTo(last);
  }

  @Test
  void the_kinds_of_attempts_are_told_apart() {
    camp.score(camp.run(agent, 1, "a", "scored").artifactId(), 5, null);
    camp.run(agent, 2, "b", "nobody scored it");
    camp.analysis(agent, "c", "an analysis run");
    camp.failure(agent, 3, "d", "rate limit");
    assertThat(attempts())
        .extracting(Attempt::kind)
        .containsExactly(SCORED, UNSCORED, ANALYSIS, FAILED);
    assertThat(attempts()).extracting(Attempt::cycle).containsExactly(1, 2, 0, 3);
    assertThat(attempts().get(3).error()).isEqualTo("rate limit");
    assertThat(attempts().get(3).output()).isNull();
    assertThat(attempts().get(2).output()).isEqualTo("an analysis run");
    assertThat(skipped()).isEmpty();
  }

  @Test
  void an_output_whose_execution_failed_is_no_scored_output() {
    CampFixture.Run echo = camp.run(agent, 1, "a", "an echo of the input");
    camp.score(echo.artifactId(), 1, null);
    camp.sql(
        "UPDATE artifacts SET metadata = json_set(metadata, '$.executionSuccess', json('false'))");
    assertThat(attempts().get(0).kind()).isEqualTo(FAILED);
  }

  @Test
  void a_broken_flow_that_an_old_release_calls_a_success_is_failed() {
    camp.score(camp.run(agent, 1, "a", "an echo").artifactId(), 3, null);
    camp.sql("UPDATE attempts SET status = 'failed', error = 'Step not found: prompt-1'");
    assertThat(attempts().get(0).kind()).isEqualTo(FAILED);
    assertThat(attempts().get(0).error()).isEqualTo("Step not found: prompt-1");
  }

  @Test
  void an_empty_output_is_failed_even_if_somebody_scored_it() {
    camp.score(camp.run(agent, 1, "a", "").artifactId(), 1, null);
    camp.score(camp.run(agent, 2, "a", " \n").artifactId(), 1, null);
    assertThat(attempts()).extracting(Attempt::kind).containsExactly(FAILED, FAILED);
  }

  @Test
  void an_exception_recorded_as_attempt_failed_is_failed() {
    CampFixture.Run run = camp.run(agent, 1, "a", "something");
    camp.event(
        "attempt.failed",
        ordered("attemptId", run.attemptId(), "error", "no connections"),
        ordered("agent_id", agent, "attempt_id", run.attemptId()));
    assertThat(attempts().get(0).kind()).isEqualTo(FAILED);
    assertThat(attempts().get(0).error()).isEqualTo("no connections");
  }

  @Test
  void an_interrupted_run_is_failed() {
    camp.run(agent, 1, "a", "b");
    camp.sql("DELETE FROM artifacts");
    camp.sql("DELETE FROM training_events");
    camp.sql("UPDATE rollouts SET status = 'pending'");
    assertThat(attempts()).extracting(Attempt::kind).containsExactly(FAILED);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void every_version_is_read_by_column_name(int version) {
    camp.close();
    begin("other.db", version);
    if (version == 1) {
      camp.sql(
          "INSERT INTO artifacts (id, lineage_id, cycle, content, metadata, created_at)"
              + " VALUES ('artifact', ?, 1, 'Answer', 'null', 5)",
          lineage);
      camp.score("artifact", 8, "good");
    } else {
      camp.score(camp.run(agent, 1, "Ticket", "Answer").artifactId(), 8, "good");
    }
    Attempt attempt = attempts().get(0);
    assertThat(attempts()).hasSize(1);
    assertThat(attempt.kind()).isEqualTo(SCORED);
    assertThat(attempt.output()).isEqualTo("Answer");
    assertThat(attempt.score().value()).isEqualTo(8);
    assertThat(attempt.sessionId()).isEqualTo(session);
    assertThat(attempt.systemPrompt()).isEqualTo(version == 1 ? null : "Be brief.");
    assertThat(attempt.input()).isEqualTo(version == 1 ? "" : "Ticket");
    assertThat(read(Corpus::schemaVersion)).isEqualTo(version);
    assertThat(list(Corpus::agentVersions)).hasSize(version == 1 ? 0 : 1);
    assertThat(list(c -> c.events().toList())).hasSize(version < 4 ? 0 : 3);
    assertThat(read(c -> c.sessions().get(0)).inputPrompt())
        .isEqualTo(version < 6 ? null : "Ticket");
    assertThat(skipped()).isEmpty();
  }

  @Test
  void attempts_come_by_time_over_all_sessions_and_of_one_session_alone() {
    String second = camp.session("Shop", "Describe", null);
    String shop = camp.agent(camp.lineage(second, "A"), "Praise it.");
    CampFixture.Run a = camp.run(agent, 1, "a", "1");
    CampFixture.Run b = camp.run(shop, 1, "b", "2");
    CampFixture.Run c = camp.run(agent, 2, "c", "3");
    assertThat(attempts())
        .extracting(Attempt::id)
        .containsExactly(a.attemptId(), b.attemptId(), c.attemptId());
    assertThat(list(corpus -> corpus.attempts(second).toList()))
        .extracting(Attempt::id)
        .containsExactly(b.attemptId());
    assertThat(list(corpus -> corpus.events(second).toList())).hasSize(2);
  }

  @Test
  void what_belongs_to_a_deleted_session_is_left_out_and_counted() {
    camp.score(camp.run(agent, 1, "a", "b").artifactId(), 5, null);
    String kept = camp.session("Kept", "Stay", null);
    String keptAgent = camp.agent(camp.lineage(kept, "B"), "Stay.");
    camp.run(keptAgent, 1, "c", "d");
    camp.deleteSession(session);
    assertThat(attempts()).extracting(Attempt::sessionId).containsExactly(kept);
    assertThat(list(Corpus::lineages)).hasSize(1);
    assertThat(list(Corpus::agentVersions)).hasSize(1);
    assertThat(list(c -> c.events().toList())).hasSize(2);
    assertThat(skipped())
        .containsExactly(
            Skipped.of(
                session,
                CampError.DELETED_SESSION,
                "the session was deleted; of it are left 1 lineages, 1 agent versions, 1 artifacts"));
  }

  @Test
  void events_of_a_deleted_session_without_lineages_are_left_out_too() {
    camp.event("lineage.unlocked", ordered("x", 1), ordered("session_id", "gone"));
    assertThat(list(c -> c.events().toList())).hasSize(1);
    assertThat(skipped()).extracting(Skipped::id).containsExactly("gone");
  }

  @Test
  void orphans_are_taken_in_when_asked_for() {
    camp.score(camp.run(agent, 1, "a", "b").artifactId(), 5, null);
    camp.deleteSession(session);
    try (CampDatabase database = CampDatabase.open(camp.file(), new CampDatabase.Options(true))) {
      Corpus corpus = database.corpus();
      assertThat(corpus.sessions())
          .extracting(Session::name)
          .containsExactly("(deleted session " + session + ")");
      assertThat(corpus.attempts()).hasSize(1);
      assertThat(corpus.attempts(session)).hasSize(1);
      assertThat(corpus.agentVersions(lineage)).hasSize(1);
      assertThat(corpus.events()).hasSize(3);
      assertThat(corpus.skipped()).extracting(Skipped::code).containsExactly("LB-1121");
    }
  }

  @Test
  void a_lock_prefers_what_was_there_at_that_moment() {
    String other = camp.lineage(session, "B");
    String otherAgent = camp.agent(other, "Be long.");
    CampFixture.Run winner = camp.run(agent, 1, "a", "x");
    CampFixture.Run loser = camp.run(otherAgent, 1, "a", "y");
    String lock = camp.lock(lineage, List.of(other));
    camp.run(agent, 2, "a", "later");
    camp.run(otherAgent, 2, "a", "later");
    Lock found = read(Corpus::locks).get(0);
    assertThat(found.eventId()).isEqualTo(lock);
    assertThat(found.sessionId()).isEqualTo(session);
    assertThat(found.winnerArtifactId()).isEqualTo(winner.artifactId());
    assertThat(found.loserArtifactIds()).containsExactly(loser.artifactId());
    Lineage locked = read(c -> c.lineage(lineage).orElseThrow());
    assertThat(locked.locked()).isTrue();
  }

  @Test
  void a_comparison_prefers_what_its_payload_names_as_better_with_the_reason() {
    String other = camp.lineage(session, "B");
    CampFixture.Run better = camp.run(agent, 1, "a", "x");
    CampFixture.Run worse = camp.run(camp.agent(other, "Be long."), 1, "a", "y");
    String event =
        camp.compare(better.artifactId(), List.of(worse.artifactId()), "It is not so long");

    assertThat(read(Corpus::comparisons))
        .containsExactly(
            new Preference(
                Preference.Source.COMPARISON,
                event,
                session,
                lineage,
                better.artifactId(),
                List.of(worse.artifactId()),
                "It is not so long",
                read(c -> c.events().filter(e -> e.id().equals(event)).toList())
                    .getFirst()
                    .timestamp()));
    int pairs = read(c -> c.preferences(session));
    assertThat(pairs).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"chosenArtifactId rejectedArtifactId", "winner loser"})
  void a_comparison_is_read_by_the_names_that_other_programs_use(String names) {
    CampFixture.Run better = camp.run(agent, 1, "a", "x");
    CampFixture.Run worse = camp.run(agent, 2, "a", "y");
    String[] name = names.split(" ");
    camp.event(
        "artifact.compared",
        Map.of(name[0], better.artifactId(), name[1], worse.artifactId()),
        Map.of("session_id", session));

    assertThat(read(Corpus::comparisons))
        .extracting(Preference::winnerArtifactId, Preference::loserArtifactIds)
        .containsExactly(tuple(better.artifactId(), List.of(worse.artifactId())));
  }

  @Test
  void a_comparison_that_names_no_choice_or_outputs_that_are_gone_is_reported() {
    camp.run(agent, 1, "a", "x");
    String odd = camp.event("artifact.compared", Map.of("a", "x", "b", "y"), Map.of());
    String gone = camp.compare("gone", List.of("gone too"), null);

    List<String> skipped =
        read(
            corpus -> {
              assertThat(corpus.comparisons()).isEmpty();
              return corpus.skipped().stream().map(s -> s.id() + " " + s.code()).toList();
            });
    assertThat(skipped).contains(odd + " LB-1115", gone + " LB-1113");
  }

  @Test
  void an_insight_is_what_the_app_counted_of_its_changes() {
    camp.sql(
        "INSERT INTO learning_insights VALUES ('i', ?, 'Name the deadline', 'prompt_change', '[]',"
            + " 3, 1, 1.5, 0.75, 5, 6)",
        session);

    assertThat(read(Corpus::insights))
        .containsExactly(new Insight("i", session, "Name the deadline", 3, 1, 1.5, 6));
  }

  @Test
  void a_lock_without_competitors_carries_no_preference() {
    camp.run(agent, 1, "a", "x");
    camp.lock(lineage, List.of());
    assertThat(read(Corpus::locks).get(0).loserArtifactIds()).isEmpty();
  }

  @Test
  void directives_are_found_wherever_they_survived_each_once() {
    camp.sql(
        "UPDATE lineages SET directive_sticky = ?, directive_oneshot = ?",
        "[\"Be polite\",\"No jokes\"]",
        "plain text of an old release");
    camp.sql(
        "INSERT INTO evolution_records (id, lineage_id, from_version, to_version, rollout_id,"
            + " attempt_id, trigger_comment, trigger_directives, score_analysis,"
            + " credit_assignment, plan, changes, created_at)"
            + " VALUES ('e', ?, 1, 2, 'r', 'a', 'too long', ?, '{}', '[]', '{}', '[]', 99)",
        lineage,
        "{\"sticky\":[\"Be polite\"],\"oneshot\":[\"Name the price\"]}");
    camp.score(camp.run(agent, 1, "a", "b").artifactId(), 3, "no price");
    assertThat(list(Corpus::directives))
        .extracting(d -> d.kind() + ": " + d.text())
        .containsExactlyInAnyOrder(
            "STICKY: Be polite",
            "STICKY: No jokes",
            "ONE_SHOT: plain text of an old release",
            "ONE_SHOT: Name the price",
            "COMMENT: too long",
            "COMMENT: no price");
    Lineage found = read(c -> c.lineage(lineage).orElseThrow());
    assertThat(found.stickyDirectives()).containsExactly("Be polite", "No jokes");
    assertThat(found.oneShotDirectives()).containsExactly("plain text of an old release");
  }

  @Test
  void an_emptied_list_of_directives_is_none() {
    camp.sql("UPDATE lineages SET directive_sticky = '[]', directive_oneshot = ' '");
    assertThat(list(Corpus::directives)).isEmpty();
  }

  @Test
  void test_cases_and_context_examples_are_read_where_filled() {
    camp.sql("INSERT INTO test_cases VALUES ('t', ?, 'case', 'in', 2)", session);
    camp.sql("INSERT INTO context_examples VALUES ('x', ?, 'example', 'q', 'a', 1)", session);
    camp.sql("INSERT INTO test_cases VALUES ('o', 'deleted', 'case', 'in', 3)");
    assertThat(list(Corpus::testCases))
        .containsExactly(
            new TestCase("x", session, "example", "q", "a", 1),
            new TestCase("t", session, "case", "in", null, 2));
  }

  @Test
  void spans_come_in_their_order() {
    CampFixture.Run run = camp.run(agent, 1, "a", "b");
    for (int sequence : new int[] {2, 0, 1}) {
      camp.sql(
          "INSERT INTO execution_spans (id, attempt_id, sequence, type, input, created_at)"
              + " VALUES (?, ?, ?, 'llm_call', 'in', 1)",
          "span" + sequence,
          run.attemptId(),
          sequence);
    }
    assertThat(list(c -> c.spans(run.attemptId())))
        .extracting(Span::id)
        .containsExactly("span0", "span1", "span2");
  }

  @Test
  void the_current_agent_is_the_highest_version_not_the_last_created() {
    String second = camp.agent(lineage, "Be brief and kind.");
    camp.sql("UPDATE agent_definitions SET created_at = 9 WHERE id = ?", second);
    AgentVersion current = read(c -> c.currentAgent(lineage).orElseThrow());
    assertThat(current.id()).isEqualTo(second);
    assertThat(list(c -> c.currentAgent("none").stream().toList())).isEmpty();
  }

  private List<Attempt> attempts() {
    return read(corpus -> corpus.attempts().toList());
  }

  private List<Skipped> skipped() {
    return read(
        corpus -> {
          corpus.attempts().forEach(a -> {});
          corpus.events().forEach(e -> {});
          return corpus.skipped();
        });
  }

  private <T> List<T> list(Function<Corpus, List<T>> question) {
    return read(question);
  }

  private <T> T read(Function<Corpus, T> question) {
    try (CampDatabase database = CampDatabase.open(camp.file(), CampDatabase.Options.DEFAULT)) {
      return question.apply(database.corpus());
    }
  }
}
