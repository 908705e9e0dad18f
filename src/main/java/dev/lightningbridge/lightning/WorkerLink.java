package dev.lightningbridge.lightning;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lightningbridge.common.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The worker's side of the talk with its parent: what Python calls and what the parent sends meet
 * here. Thread-safe.
 */
final class WorkerLink {
  private final OutputStream out;
  private final AtomicLong ids = new AtomicLong();
  private final Map<Long, CompletableFuture<String>> waiting = new ConcurrentHashMap<>();
  private volatile long pythonSeen = System.nanoTime();
  private volatile String stop = "";

  WorkerLink(OutputStream out) {
    this.out = out;
  }

  /** Passes on an event; called by Python. */
  void report(String eventJson) {
    pythonSeen = System.nanoTime();
    send(eventJson);
  }

  /** Has the parent run a rollout and waits for its outcome; called by Python's runner threads. */
  String rollout(String requestJson) {
    pythonSeen = System.nanoTime();
    long id = ids.incrementAndGet();
    CompletableFuture<String> answer = new CompletableFuture<>();
    waiting.put(id, answer);
    if (!stop.isEmpty()) {
      return stopped();
    }
    send("{\"type\":\"rollout\",\"id\":" + id + ",\"request\":" + requestJson + "}");
    return answer.join();
  }

  /** The reason to stop, or an empty text; called by Python all the time, which shows its life. */
  String poll() {
    pythonSeen = System.nanoTime();
    return stop;
  }

  void heartbeat() {
    long silent = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - pythonSeen);
    send("{\"type\":\"heartbeat\",\"pythonSilentMs\":" + silent + "}");
  }

  void result(String resultJson) {
    send("{\"type\":\"result\",\"result\":" + resultJson + "}");
  }

  void notStarted(String why) {
    send(Json.write(Map.of("type", "not_started", "why", why)));
  }

  /** Takes a line of the parent's. */
  void receive(JsonNode message) {
    switch (message.path("type").asText()) {
      case "answer" -> {
        CompletableFuture<String> answer = waiting.remove(message.path("id").asLong());
        if (answer != null) {
          answer.complete(Ascii.write(message.path("answer")));
        }
        String reason = message.path("answer").path("stop").asText("");
        if (!reason.isEmpty()) {
          stop(reason);
        }
      }
      case "cancel" -> stop("cancelled");
      default -> System.err.println("unknown message of the parent: " + message.path("type"));
    }
  }

  /** Nothing more is run: who waits for a rollout, or will, is told the reason at once. */
  private void stop(String reason) {
    stop = reason;
    waiting.values().forEach(answer -> answer.complete(stopped()));
  }

  private String stopped() {
    return "{\"stop\":\"" + stop + "\"}";
  }

  /**
   * Writes a line, with a line break before it too: native code may have left half a line there.
   */
  private synchronized void send(String json) {
    try {
      out.write(("\n" + json + "\n").getBytes(StandardCharsets.UTF_8));
      out.flush();
    } catch (IOException e) {
      System.err.println("the parent does not listen: " + e.getMessage());
    }
  }
}
