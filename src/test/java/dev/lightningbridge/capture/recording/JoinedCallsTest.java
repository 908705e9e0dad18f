package dev.lightningbridge.capture.recording;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.imports.OtlpLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the three requests that openai-java's instrumentation sent: logs, logs and spans. */
class JoinedCallsTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir Path folder;

  private volatile Instant now = Instant.EPOCH;
  private CapturedAgent agent;
  private Recorder recorder;
  private JoinedCalls joined;

  @BeforeEach
  void open() {
    agent =
        new CapturedAgent(
            "a", folder.resolve("app.db"), true, 1, Masks.NONE, CapturedAgent.Retention.ALL);
    recorder = new Recorder(List.of(agent), Clock.systemUTC(), UnaryOperator.identity());
    joined = new JoinedCalls(recorder, new Now());
  }

  @AfterEach
  void close() {
    joined.close();
    recorder.close();
  }

  @Test
  void a_call_is_held_for_ten_seconds_and_then_recorded_with_what_its_logs_said() {
    spans();
    now = now.plus(JoinedCalls.OF_CALLS);
    joined.release();
    assertThat(standing().waiting() + standing().unrecorded().size()).isZero();

    wait(Duration.ZERO);
    assertThat(standing().unrecorded()).containsEntry("no_prompt", 2L);
  }

  @Test
  void logs_wait_for_their_span_as_long_as_a_call_may_take() {
    logs();
    wait(Duration.ofMinutes(9));
    spans();
    recorder.settle(LONG);
    assertThat(standing().recorded()).isEqualTo(2);

    logs();
    wait(JoinedCalls.OF_LOGS);
    spans();
    wait(JoinedCalls.OF_CALLS);
    assertThat(standing().unrecorded()).containsEntry("no_prompt", 2L);
  }

  @Test
  void a_call_of_which_logs_said_a_part_is_counted_by_what_it_lacks() {
    spans();
    joined.take(agent, OtlpLog.in(lines().get(0)));
    wait(JoinedCalls.OF_CALLS);
    assertThat(standing().unrecorded())
        .containsEntry("no_answer", 1L)
        .containsEntry("no_prompt", 1L);
  }

  private void wait(Duration time) {
    now = now.plus(time).plusMillis(1);
    joined.release();
    recorder.settle(LONG);
  }

  private CaptureTally.Standing standing() {
    return recorder.tally(agent).standing();
  }

  private void spans() {
    ToldCalls.of(agent, lines().get(2), 2_000).calls().forEach(joined::take);
  }

  private void logs() {
    lines().subList(0, 2).forEach(line -> joined.take(agent, OtlpLog.in(line)));
  }

  private static List<JsonNode> lines() {
    try (var lines = Files.lines(Path.of("src/test/resources/imports/otlp-openai-java.json"))) {
      return lines.map(JoinedCallsTest::json).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode json(String line) {
    try {
      return Json.mapper().readTree(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The test's own time. */
  private final class Now extends Clock {
    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneOffset getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(java.time.ZoneId zone) {
      return this;
    }
  }
}
