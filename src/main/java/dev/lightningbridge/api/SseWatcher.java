package dev.lightningbridge.api;

import dev.lightningbridge.common.Json;
import dev.lightningbridge.runs.RunFeed;
import dev.lightningbridge.runs.RunLog;
import dev.lightningbridge.runs.StoredRun;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** A client that watches a run. It is sent more only when it has taken what was sent before. */
final class SseWatcher implements RunFeed.Watcher {
  private static final long KEEP_ALIVE = Duration.ofSeconds(15).toNanos();

  private final SseEventSink sink;
  private final Sse sse;
  private CompletableFuture<?> sent = CompletableFuture.completedFuture(null);
  private long lastSent = System.nanoTime();

  SseWatcher(SseEventSink sink, Sse sse) {
    this.sink = sink;
    this.sse = sse;
    send(sse.newEventBuilder().comment("the run's events").reconnectDelay(2_000).build());
  }

  @Override
  public boolean isOpen() {
    return !sink.isClosed() && !sent.isCompletedExceptionally();
  }

  @Override
  public boolean isReady() {
    if (sent.isDone() && System.nanoTime() - lastSent > KEEP_ALIVE) {
      send(sse.newEventBuilder().comment("nothing new").build());
    }
    return sent.isDone();
  }

  @Override
  public void on(RunLog.StoredEvent event) {
    send(event(event.type(), EventView.of(event)).id(Long.toString(event.sequence())).build());
  }

  @Override
  public void ended(StoredRun run) {
    send(event("end", Map.of("state", run.state())).build());
    sent = sent.whenComplete((done, failure) -> sink.close());
  }

  private OutboundSseEvent.Builder event(String name, Object data) {
    return sse.newEventBuilder().name(name).data(String.class, Json.write(data));
  }

  private void send(OutboundSseEvent event) {
    lastSent = System.nanoTime();
    try {
      sent = sink.send(event).toCompletableFuture();
    } catch (IllegalStateException e) {
      sent = CompletableFuture.failedFuture(e); // It was closed meanwhile.
    }
  }
}
