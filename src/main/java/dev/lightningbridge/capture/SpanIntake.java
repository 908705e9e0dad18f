package dev.lightningbridge.capture;

import dev.lightningbridge.capture.recording.CaptureTally;
import dev.lightningbridge.capture.recording.CapturedAgent;
import dev.lightningbridge.capture.recording.Recordable;
import dev.lightningbridge.capture.recording.ToldCalls;
import dev.lightningbridge.capture.recording.ToldScore;
import dev.lightningbridge.capture.recording.Unrecorded;
import dev.lightningbridge.server.BesideLoop;
import dev.lightningbridge.server.SpanBody;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * {@code /capture/AGENT/v1/traces}: takes spans as OpenTelemetry's exporters send them (OTLP over
 * HTTP, https://opentelemetry.io/docs/specs/otlp), and has the calls of models recorded that they
 * tell of. All other spans are passed over. Who gets here has shown the agent's token.
 */
@ApplicationScoped
public class SpanIntake {
  private static final System.Logger LOG = System.getLogger(SpanIntake.class.getName());

  private static final String MANY = "too many calls wait to be written; send fewer at a time";

  private static final int AT_ONCE = 2;

  private final CapturedAgents agents;
  private final CallScores scores;
  private final Vertx vertx;

  /** A document takes many times its bytes while it is read. */
  private final Semaphore places = new Semaphore(AT_ONCE);

  SpanIntake(CapturedAgents agents, CallScores scores, Vertx vertx) {
    this.agents = agents;
    this.scores = scores;
    this.vertx = vertx;
  }

  /** Answers the request, or lets the next one where there is no such agent. */
  void take(RoutingContext context) {
    CapturedAgents.Agent agent = agent(context);
    SpanBody form = agent == null ? null : form(context);
    if (agent == null || form == null) {
      return;
    }
    Buffer body = context.body().buffer();
    byte[] sent = body == null ? new byte[0] : body.getBytes();
    String encoding = context.request().getHeader("Content-Encoding");
    BesideLoop.run(
        vertx,
        () -> read(agent.captured(), form, sent, encoding),
        reading -> {
          form.send(context, reading.status(), reading.answer());
          if (!reading.scores().isEmpty()) {
            Thread.startVirtualThread(() -> scores.write(agent.captured(), reading.scores()));
          }
        });
  }

  /**
   * Logs and metrics, which an exporter sends beside the spans: they are taken and dropped, since a
   * refusal would be an error in the application's own log each time.
   */
  void drop(RoutingContext context) {
    SpanBody form = agent(context) == null ? null : form(context);
    if (form != null) {
      form.send(context, 200, form.answer(0, ""));
    }
  }

  /** The request's agent; null where there is none, and the next one has the request. */
  private CapturedAgents.@Nullable Agent agent(RoutingContext context) {
    CapturedAgents.Agent agent =
        agents.find(String.valueOf(context.pathParam("agent"))).orElse(null);
    if (agent == null) {
      context.next();
    }
    return agent;
  }

  /** The form of its body; null where it is none of OTLP's, and the request is answered. */
  private static @Nullable SpanBody form(RoutingContext context) {
    SpanBody form = SpanBody.of(context.request().getHeader("Content-Type"));
    if (form == null) {
      SpanBody json = new SpanBody(true);
      json.send(context, 415, json.error("Send application/x-protobuf or application/json."));
    }
    return form;
  }

  /**
   * What became of a request.
   *
   * @param scores to be written when it is answered
   */
  private record Reading(int status, Buffer answer, List<ToldScore> scores) {}

  private Reading read(CapturedAgent agent, SpanBody form, byte[] body, @Nullable String encoding) {
    if (!agent.enabled()) {
      return new Reading(200, form.answer(0, ""), List.of());
    }
    places.acquireUninterruptibly();
    try {
      SpanBody.Document document = form.read(body, encoding);
      ToldCalls told = ToldCalls.of(agent, document.json(), document.bytes());
      return new Reading(200, form.answer(lost(agent, told), MANY), told.scores());
    } catch (IOException e) {
      return new Reading(400, form.error(SpanBody.why(e)), List.of());
    } catch (RuntimeException | StackOverflowError e) {
      LOG.log(System.Logger.Level.WARNING, agent.name() + ": spans could not be read", e);
      String why = "it could not be read; the server's log says why";
      return new Reading(400, form.error(why), List.of());
    } finally {
      places.release();
    }
  }

  /** Gives the calls to the recorder; tells how many it had no room for. */
  private long lost(CapturedAgent agent, ToldCalls told) {
    CaptureTally tally = agents.tally(agent);
    told.left().forEach(tally::count);
    long lost = 0;
    for (Recordable call : told.calls()) {
      if (!CallTrace.isIn(agent.share(), call.traceId())) {
        tally.count(Unrecorded.NOT_IN_SHARE);
      } else if (!agents.recorder().take(call)) {
        lost++;
      }
    }
    return lost;
  }
}
