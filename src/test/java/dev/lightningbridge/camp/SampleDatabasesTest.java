package dev.lightningbridge.camp;

import static dev.lightningbridge.corpus.AttemptKind.ANALYSIS;
import static dev.lightningbridge.corpus.AttemptKind.FAILED;
import static dev.lightningbridge.corpus.AttemptKind.SCORED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lightningbridge.common.Skipped;
import dev.lightningbridge.corpus.Attempt;
import dev.lightningbridge.corpus.AttemptKind;
import dev.lightningbridge.corpus.Corpus;
import dev.lightningbridge.corpus.Lock;
import dev.lightningbridge.corpus.ModelSettings;
import dev.lightningbridge.corpus.Score;
import dev.lightningbridge.corpus.Session;
import dev.lightningbridge.needs.Need;
import dev.lightningbridge.needs.Needs;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the app's own databases hold, counted independently of this code with Python's sqlite3. */
@Needs(Need.APP_SAMPLES)
class SampleDatabasesTest {
  @Test
  void small_holds_eleven_scored_attempts_and_seven_analysis_runs() {
    Contents small = read("small.db");
    assertThat(small)
        .isEqualTo(
            new Contents(
                9, 1, 4, 11, Map.of(SCORED, 11L, ANALYSIS, 7L), 81, 1, 48, 0, 2, 9, List.of()));
  }

  @Test
  void the_browsers_text_of_small_holds_the_same() {
    assertThat(read("small.localstorage.b64.txt")).isEqualTo(read("small.db"));
  }

  @Test
  void v8_names_no_session_in_its_events_and_yet_every_event_has_one() {
    Contents v8 = read("v8.db");
    assertThat(v8)
        .isEqualTo(
            new Contents(
                8,
                3,
                12,
                45,
                Map.of(SCORED, 45L, ANALYSIS, 30L),
                274,
                3,
                206,
                0,
                3,
                20,
                List.of()));
  }

  @Test
  void a_migrated_database_mixes_both_hash_forms_and_calls_broken_flows_a_success() {
    Contents mixed = read("v9-from-v4-continued.db");
    assertThat(mixed)
        .isEqualTo(
            new Contents(
                9,
                4,
                16,
                59,
                Map.of(SCORED, 45L, ANALYSIS, 7L, FAILED, 14L),
                312,
                4,
                177,
                150,
                3,
                29,
                List.of()));
  }

  @Test
  void a_hash_collision_is_noticed_and_the_scores_are_right_all_the_same() {
    Contents collision = read("hash-collision.db");
    assertThat(collision.kinds()).isEqualTo(Map.of(SCORED, 4L));
    assertThat(collision.sumOfScores()).isEqualTo(22);
    assertThat(collision.skipped())
        .containsExactly(
            "d50c8fce-0565-4ba2-8076-c02f9e435f05 LB-1110",
            "e4886d26-22f4-44a2-8c0f-2f3ee1c22570 LB-1105");
  }

  @Test
  void the_evaluation_counts_where_a_later_score_event_says_something_else() {
    try (CampDatabase database = open("hash-collision.db")) {
      assertThat(database.corpus().attempts().map(Attempt::score).map(Score::eventId))
          .doesNotContain("d50c8fce-0565-4ba2-8076-c02f9e435f05")
          .doesNotContainNull();
    }
  }

  @Test
  void payloads_cut_in_half_cost_no_attempt_and_no_score() {
    Contents corrupt = read("corrupt-invalid-json.db");
    Contents small = read("small.db");
    assertThat(corrupt.skipped())
        .containsExactly(
            "499d8443-0b92-40e4-a3e5-0950b5082ab8 LB-1103",
            "a85c3f27-964c-4917-abe9-d0d56e8d2d96 LB-1103");
    assertThat(corrupt.kinds()).isEqualTo(small.kinds());
    assertThat(corrupt.sumOfScores()).isEqualTo(small.sumOfScores());
    assertThat(attempts("corrupt-invalid-json.db")).isEqualTo(attempts("small.db"));
  }

  @Test
  void an_empty_database_holds_nothing_and_nothing_is_wrong_with_it() {
    assertThat(read("empty.db"))
        .isEqualTo(new Contents(9, 0, 0, 0, Map.of(), 0, 0, 0, 0, 0, 0, List.of()));
  }

  @Test
  void an_attempt_is_joined_with_its_prompt_input_output_and_score() {
    Attempt first = attempts("small.db").get(0);
    assertThat(first.id()).isEqualTo("d0cf9a52-dc8a-4cb8-aca5-5ea3215f3b3d");
    assertThat(first.agentVersionId()).isEqualTo("f660b383-4b9d-4812-8bb6-ffa4d319859f");
    assertThat(first.systemPrompt()).startsWith("You are a concise assistant.");
    assertThat(first.input()).startsWith("Ticket: 2409\n").endsWith("refund one of them 🙏");
    assertThat(first.output()).startsWith("We are so incredibly sorry");
    assertThat(first.score())
        .isEqualTo(new Score(7, null, "a85c3f27-964c-4917-abe9-d0d56e8d2d96", 1767604432496L));
    assertThat(first.artifactId()).isEqualTo("3599b451-ddb4-4921-9da5-52bb72a1b9f9");
    assertThat(first.model())
        .isEqualTo(new ModelSettings("anthropic/claude-4-5-sonnet-aws", 0.3, 2048, 0.95));
    assertThat(first.durationMs()).isEqualTo(5886);
    assertThat(first.cycle()).isEqualTo(1);
  }

  @Test
  void a_lock_prefers_the_winners_latest_artifact_to_the_competitors() {
    try (CampDatabase database = open("small.db")) {
      Lock first = database.corpus().locks().get(0);
      assertThat(first.winnerArtifactId()).startsWith("e6e3b31d");
      assertThat(first.loserArtifactIds())
          .map(id -> id.substring(0, 8))
          .containsExactly("36a9903e", "a63eceb9", "a6df31a7");
    }
  }

  private record Contents(
      int version,
      int sessions,
      int lineages,
      int agentVersions,
      Map<AttemptKind, Long> kinds,
      int sumOfScores,
      int inputs,
      int events,
      int spans,
      int locks,
      int directives,
      List<String> skipped) {}

  private static Contents read(String name) {
    try (CampDatabase database = open(name)) {
      Corpus corpus = database.corpus();
      List<Attempt> attempts = corpus.attempts().toList();
      assertThat(attempts).allMatch(a -> a.systemPrompt() != null && !a.input().isEmpty());
      long ofSessions = 0;
      long events = corpus.events().count();
      for (Session session : corpus.sessions()) {
        ofSessions += corpus.events(session.id()).count();
      }
      assertThat(ofSessions).isEqualTo(events);
      return new Contents(
          corpus.schemaVersion(),
          corpus.sessions().size(),
          corpus.lineages().size(),
          corpus.agentVersions().size(),
          attempts.stream()
              .collect(Collectors.groupingBy(Attempt::kind, TreeMap::new, Collectors.counting())),
          attempts.stream().filter(a -> a.kind() == SCORED).mapToInt(a -> a.score().value()).sum(),
          (int) attempts.stream().map(Attempt::input).distinct().count(),
          (int) events,
          attempts.stream().mapToInt(a -> corpus.spans(a.id()).size()).sum(),
          corpus.locks().size(),
          corpus.directives().size(),
          corpus.skipped().stream().map(SampleDatabasesTest::line).toList());
    }
  }

  private static String line(Skipped skipped) {
    return skipped.id() + " " + skipped.code();
  }

  private static List<Attempt> attempts(String name) {
    try (CampDatabase database = open(name)) {
      return database.corpus().attempts().toList();
    }
  }

  private static CampDatabase open(String name) {
    Path file = Samples.file(name);
    return CampDatabase.open(file, CampDatabase.Options.DEFAULT);
  }
}
