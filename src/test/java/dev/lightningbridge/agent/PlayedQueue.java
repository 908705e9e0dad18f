package dev.lightningbridge.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lightningbridge.common.Json;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A queue with one rollout, whose states were written down before; each look takes ten seconds. */
final class PlayedQueue implements AglQueue {
  static final Duration LOOK = Duration.ofSeconds(10);

  private final Deque<State> states = new ArrayDeque<>();
  private final List<JsonNode> spans = new ArrayList<>();
  private Instant now = Instant.EPOCH;
  private @Nullable Instant runner;
  private Runnable atLook = () -> {};
  @Nullable JsonNode input;
  @Nullable JsonNode resources;
  @Nullable JsonNode config;
  boolean cancelled;
  int silent;

  /** Where it stands at the next look; the last one stays. */
  PlayedQueue then(String status, @Nullable String attempt) {
    states.add(new State(status, attempt, attempt == null ? null : now));
    return this;
  }

  /** A span of the rollout with one attribute. */
  PlayedQueue span(String attribute, String value) {
    ObjectNode span = Json.mapper().createObjectNode();
    span.putObject("attributes").put(attribute, value);
    spans.add(span);
    return this;
  }

  /** A span that has an exception as OpenTelemetry records it. */
  PlayedQueue exception(String message) {
    spans.add(
        Json.read(
            "{\"attributes\": {}, \"events\": [{\"name\": \"exception\", \"attributes\": {\"exception.message\": %s}}]}"
                .formatted(Json.write(message)),
            JsonNode.class));
    return this;
  }

  PlayedQueue atEachLook(Runnable does) {
    atLook = does;
    return this;
  }

  void runnerIsThere() {
    runner = now;
  }

  /** As late as the looks have made it. */
  Clock clock() {
    return new Clock() {
      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }

      @Override
      public Instant instant() {
        return now;
      }
    };
  }

  @Override
  public String enqueue(JsonNode task, JsonNode named, JsonNode rules) {
    input = task;
    resources = named;
    config = rules;
    return "ro-1";
  }

  @Override
  public Optional<State> find(String rolloutId) {
    now = now.plus(LOOK);
    atLook.run();
    return Optional.ofNullable(states.size() > 1 ? states.poll() : states.peek());
  }

  @Override
  public List<JsonNode> spans(String rolloutId) {
    return spans;
  }

  @Override
  public void silent(String rolloutId) {
    silent++;
  }

  @Override
  public void cancel(String rolloutId) {
    cancelled = true;
  }

  @Override
  public Optional<Instant> runnerSeen() {
    return Optional.ofNullable(runner);
  }
}
