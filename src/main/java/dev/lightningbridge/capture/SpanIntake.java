package dev.lightningbridge.capture;

import dev.lightningbridge.capture.recording.CaptureTally;
import dev.lightningbridge.capture.recording.CapturedAgent;
import dev.lightningbridge.capture.recording.JoinedCalls;
import dev.lightningbridge.capture.recording.ToldCall;
import dev.lightningbridge.capture.recording.ToldCalls;
import dev.lightningbridge.capture.recording.ToldScore;
import dev.lightningbridge.capture.recording.Unrecorded;
import dev.lightningbridge.imports.OtlpLog;
import dev.lightningbridge.server.OtlpDoor;
import dev.lightningbridge.server.SpanBody;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * {@code /capture/AGENT/v1/traces} and {@code .../logs}: takes what OpenTelemetry's exporters send,
 * and has the calls of models recorded that spans tell of, with the words that stand in their spans
 * or came in logs. All other spans and logs are passed over.
 */
@ApplicationScoped
public class SpanIntake {
  private static final String MANY = "too many calls wait to be written; send fewer at a time";

  private static final int SCORES_WAITING = 10_000;

  private final OtlpDoor door;
  private final CapturedAgents agents;
  private final CallScores scores;
  private final Semaphore waiting = new Semaphore(SCORES_WAITING);

  SpanIntake(CapturedAgents agents, CallScores scores, Vertx vertx) {
    this.door = new OtlpDoor(vertx);
    this.agents = agents;
    this.scores = scores;
  }

  /** Takes spans. */
  void spans(RoutingContext context) {
    take(context, this::spans);
  }

  /** Takes logs. */
  void logs(RoutingContext context) {
    take(context, this::logs);
  }

  /**
   * Metrics, which an exporter sends beside the spans: they are taken and dropped, since a refusal
   * would be an error in the application's own log each time.
   */
  void drop(RoutingContext context) {
    if (agent(context) != null) {
      OtlpDoor.drop(context);
    }
  }

  /** Reads a body that an agent sent, which has shown its token; gives the answer. */
  private interface Reader {
    Buffer read(CapturedAgent agent, SpanBody form, byte[] body, @Nullable String encoding)
        throws IOException;
  }

  /** Reads nothing where the agent is switched off; lets the next one where there is no such. */
  private void take(RoutingContext context, Reader reader) {
    CapturedAgent agent = agent(context);
    if (agent == null) {
      return;
    }
    if (!agent.enabled()) {
      OtlpDoor.drop(context);
      return;
    }
    door.take(
        context,
        agent.name(),
        (form, body, encoding) ->
            new OtlpDoor.Answer(200, reader.read(agent, form, body, encoding)));
  }

  /** The request's agent; null where there is none, and the next one has the request. */
  private @Nullable CapturedAgent agent(RoutingContext context) {
    CapturedAgents.Agent known =
        agents.find(String.valueOf(context.pathParam("agent"))).orElse(null);
    if (known == null) {
      context.next();
      return null;
    }
    return known.captured();
  }

  private Buffer spans(CapturedAgent agent, SpanBody form, byte[] body, @Nullable String encoding)
      throws IOException {
    SpanBody.Document document = form.read(body, encoding);
    ToldCalls told = ToldCalls.of(agent, document.json(), document.bytes());
    long lost = lost(agent, told);
    if (!told.scores().isEmpty()) {
      Thread.startVirtualThread(() -> score(agent, told.scores()));
    }
    return form.answer(lost, MANY);
  }

  /** Gives the calls to be recorded; tells how many there was no room for. */
  private long lost(CapturedAgent agent, ToldCalls told) {
    CaptureTally tally = agents.tally(agent);
    told.left().forEach(tally::count);
    long lost = 0;
    for (ToldCall call : told.calls()) {
      if (!CallTrace.isIn(agent.share(), call.traceId())) {
        tally.count(Unrecorded.NOT_IN_SHARE);
      } else if (!agents.joined().take(call)) {
        lost++;
      }
    }
    return lost;
  }

  private void score(CapturedAgent agent, List<ToldScore> given) {
    agents
        .joined()
        .settle(agent, given.stream().map(ToldScore::traceId).collect(Collectors.toSet()));
    scores.write(agent, given);
  }

  private Buffer logs(CapturedAgent agent, SpanBody form, byte[] body, @Nullable String encoding)
      throws IOException {
    Map<Boolean, List<OtlpLog>> told =
        OtlpLog.in(form.readLogs(body, encoding)).stream()
            .filter(log -> CallTrace.isIn(agent.share(), log.traceId()))
            .collect(Collectors.partitioningBy(log -> log.event().isScore()));
    agents.joined().take(agent, told.getOrDefault(false, List.of()));
    List<ToldScore> given =
        ToldScore.in(agent, told.getOrDefault(true, List.of()), agents.tally(agent));
    if (!given.isEmpty()) {
      scoreLater(agent, given);
    }
    return form.answer(0, "");
  }

  /** Logs come before the spans of their calls, mostly: their scores wait as long as calls do. */
  private void scoreLater(CapturedAgent agent, List<ToldScore> given) {
    if (!waiting.tryAcquire(given.size())) {
      agents.tally(agent).count(Unrecorded.SCORE_ALONE, given.size());
      return;
    }
    Thread.startVirtualThread(
        () -> {
          try {
            Thread.sleep(JoinedCalls.OF_CALLS);
            score(agent, given);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          } finally {
            waiting.release(given.size());
          }
        });
  }
}
