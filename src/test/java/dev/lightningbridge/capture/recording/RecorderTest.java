package dev.lightningbridge.capture.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lightningbridge.camp.CampDatabase;
import dev.lightningbridge.camp.CampFixture;
import dev.lightningbridge.camp.ScoreWriter;
import dev.lightningbridge.capture.recording.CapturedAgent.Retention;
import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.corpus.AgentVersion;
import dev.lightningbridge.corpus.Attempt;
import dev.lightningbridge.corpus.GivenScore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecorderTest {
  private static final Clock CLOCK = Clock.systemUTC();
  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir Path folder;

  private CapturedAgent agent(String name, Retention retention) {
    return new CapturedAgent(name, folder.resolve("app.db"), true, 1, Masks.NONE, retention);
  }

  private Recorder recorder(CapturedAgent... agents) {
    return new Recorder(List.of(agents), CLOCK, UnaryOperator.identity());
  }

  private static Exchange exchange(CapturedAgent agent, String prompt, String input, long at) {
    String call =
        Json.write(
            Map.of(
                "model",
                "m",
                "messages",
                List.of(
                    Map.of("role", "system", "content", prompt),
                    Map.of("role", "user", "content", input))));
    String answer = "{\"choices\": [{\"message\": {\"content\": \"To %s\"}}]}".formatted(input);
    return new Exchange(
        agent,
        UUID.randomUUID().toString(),
        null,
        call.getBytes(StandardCharsets.UTF_8),
        answer.getBytes(StandardCharsets.UTF_8),
        "application/json",
        at,
        20);
  }

  private List<Attempt> attempts() {
    try (CampDatabase camp =
            CampDatabase.open(folder.resolve("app.db"), CampDatabase.Options.DEFAULT);
        Stream<Attempt> attempts = camp.corpus().attempts()) {
      List<Attempt> all = attempts.toList();
      assertThat(camp.corpus().skipped()).isEmpty();
      return all;
    }
  }

  @Test
  void prompts_alike_are_versions_of_one_agent_and_another_one_is_another_lineage() {
    CapturedAgent agent = agent("a", Retention.ALL);
    try (Recorder recorder = recorder(agent)) {
      recorder.take(exchange(agent, "Answer mails of customers.", "1", 1));
      recorder.take(exchange(agent, "Answer mails of customers kindly.", "2", 2));
      recorder.take(exchange(agent, "Count words", "3", 3));
      recorder.take(exchange(agent, "Answer mails of customers.", "4", 4));
      recorder.settle(LONG);
      assertThat(recorder.tally(agent).standing().recorded()).isEqualTo(4);
    }
    try (CampDatabase camp =
        CampDatabase.open(folder.resolve("app.db"), CampDatabase.Options.DEFAULT)) {
      assertThat(camp.corpus().lineages()).hasSize(2);
      assertThat(camp.corpus().agentVersions())
          .extracting(AgentVersion::number)
          .containsExactlyInAnyOrder(1, 2, 1);
    }
    assertThat(attempts()).extracting(Attempt::agentVersionNumber).containsExactly(1, 2, 1, 1);
  }

  @Test
  void what_is_closed_takes_nothing_more_and_has_written_all() {
    CapturedAgent agent = agent("a", Retention.ALL);
    Recorder recorder = recorder(agent);
    for (int i = 0; i < 300; i++) {
      recorder.take(exchange(agent, "P of it", "input " + i, i));
    }
    recorder.close();
    recorder.take(exchange(agent, "P of it", "late", 1));
    assertThat(attempts()).hasSize(300);
    assertThat(recorder.tally(agent).standing().unrecorded()).isEqualTo(Map.of("queue_full", 1L));
  }

  @Test
  void what_waits_has_a_limit() {
    CapturedAgent agent = agent("a", Retention.ALL);
    String large = "x".repeat(5 << 20);
    try (Recorder recorder =
        new Recorder(
            List.of(agent),
            CLOCK,
            place -> {
              throw new IllegalStateException("nothing is written here");
            })) {
      for (int i = 0; i < 12; i++) {
        recorder.take(exchange(agent, "P", large, 1));
      }
      recorder.settle(LONG);
      Map<String, Long> unrecorded = recorder.tally(agent).standing().unrecorded();
      assertThat(unrecorded.get("queue_full")).isPositive();
      assertThat(unrecorded.get("queue_full") + unrecorded.get("not_written")).isEqualTo(12);
    }
  }

  @Test
  void a_database_that_was_there_is_backed_up_before_its_first_call_and_not_again()
      throws IOException {
    try (CampFixture camp = CampFixture.create(folder.resolve("app.db"), 9)) {
      camp.session("Theirs", "Answer", null);
    }
    CapturedAgent agent = agent("a", Retention.ALL);
    try (Recorder recorder = recorder(agent)) {
      for (int i = 0; i < 3; i++) {
        recorder.take(exchange(agent, "P of it", "input " + i, i));
        recorder.settle(LONG);
      }
    }
    assertThat(attempts()).hasSize(3);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.filter(f -> f.getFileName().toString().contains(".backup-"))).hasSize(1);
    }
  }

  @Test
  void what_is_older_than_it_may_be_is_gone_with_its_scores_and_from_the_files_free_pages()
      throws IOException {
    CapturedAgent agent = agent("a", Retention.ALL);
    long now = CLOCK.millis();
    Exchange old = exchange(agent, "Be brief.", "OLDSECRET", now - Duration.ofDays(8).toMillis());
    Exchange kept = exchange(agent, "Be brief.", "young", now);
    try (Recorder recorder = recorder(agent)) {
      recorder.take(old);
      recorder.take(kept);
    }
    ScoreWriter.open(folder.resolve("app.db"), CLOCK, UUID::randomUUID)
        .score(new GivenScore(artifact(old.attemptId()), 3, "OLDSECRET too"));
    CapturedAgent forgetful = agent("a", new Retention(7, null));
    try (Recorder recorder = recorder(forgetful)) {
      recorder.take(exchange(forgetful, "Be brief.", "new", now));
      recorder.settle(LONG);
    }
    assertThat(attempts()).extracting(Attempt::input).containsExactlyInAnyOrder("young", "new");
    assertThat(Files.readString(folder.resolve("app.db"), StandardCharsets.ISO_8859_1))
        .doesNotContain("OLDSECRET");
  }

  @Test
  void the_oldest_make_room() throws IOException {
    CapturedAgent agent = agent("a", Retention.ALL);
    try (Recorder recorder = recorder(agent)) {
      for (int i = 0; i < 200; i++) {
        recorder.take(exchange(agent, "Be brief.", i + "x".repeat(5_000), i));
      }
    }
    long bytes = Files.size(folder.resolve("app.db"));
    CapturedAgent small = agent("a", new Retention(null, bytes / 2));
    try (Recorder recorder = recorder(small)) {
      recorder.take(exchange(small, "Be brief.", "new", 1_000));
      recorder.settle(LONG);
    }
    List<Attempt> left = attempts();
    assertThat(left).hasSizeBetween(30, 120);
    assertThat(left).extracting(Attempt::startedAt).contains(199L, 1_000L).doesNotContain(0L);
  }

  @Test
  void a_mask_that_is_no_expression_is_refused() {
    assertThatThrownBy(() -> Masks.of(Map.of("card", "["), "here"))
        .isInstanceOf(BridgeException.class)
        .hasMessageContaining("LB-8101");
  }

  private String artifact(@Nullable String attemptId) {
    return Objects.requireNonNull(
        attempts().stream()
            .filter(a -> a.id().equals(attemptId))
            .findFirst()
            .orElseThrow()
            .artifactId());
  }
}
