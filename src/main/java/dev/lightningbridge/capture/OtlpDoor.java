package dev.lightningbridge.capture;

import dev.lightningbridge.capture.recording.CapturedAgent;
import dev.lightningbridge.server.BesideLoop;
import dev.lightningbridge.server.SpanBody;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * What all requests of OpenTelemetry's exporters have in common (OTLP over HTTP,
 * https://opentelemetry.io/docs/specs/otlp): whose they are, their form, and what they are answered
 * where they cannot be read. Who gets here has shown the agent's token.
 */
@ApplicationScoped
class OtlpDoor {
  private static final System.Logger LOG = System.getLogger(OtlpDoor.class.getName());
  private static final int AT_ONCE = 2;

  private final CapturedAgents agents;
  private final Vertx vertx;

  /** A document takes many times its bytes while it is read. */
  private final Semaphore places = new Semaphore(AT_ONCE);

  OtlpDoor(CapturedAgents agents, Vertx vertx) {
    this.agents = agents;
    this.vertx = vertx;
  }

  /** Reads a request's body, unless the agent records nothing. */
  interface Reader {
    /**
     * Gives the answer to it.
     *
     * @param encoding as the header says
     * @throws IOException where it cannot be read as what it says it is
     */
    Buffer read(CapturedAgent agent, SpanBody form, byte[] body, @Nullable String encoding)
        throws IOException;
  }

  /** Answers the request, or lets the next one where there is no such agent. */
  void take(RoutingContext context, Reader reader) {
    CapturedAgents.Agent agent =
        agents.find(String.valueOf(context.pathParam("agent"))).orElse(null);
    if (agent == null) {
      context.next();
      return;
    }
    SpanBody form = SpanBody.of(context.request().getHeader("Content-Type"));
    if (form == null) {
      SpanBody json = new SpanBody(true);
      json.send(context, 415, json.error("Send application/x-protobuf or application/json."));
      return;
    }
    Buffer body = context.body().buffer();
    byte[] sent = body == null ? new byte[0] : body.getBytes();
    String encoding = context.request().getHeader("Content-Encoding");
    BesideLoop.run(
        vertx,
        () -> read(agent.captured(), form, sent, encoding, reader),
        answer -> form.send(context, answer.status(), answer.body()));
  }

  private record Answer(int status, Buffer body) {}

  private Answer read(
      CapturedAgent agent, SpanBody form, byte[] body, @Nullable String encoding, Reader reader) {
    if (!agent.enabled()) {
      return new Answer(200, form.answer(0, ""));
    }
    places.acquireUninterruptibly();
    try {
      return new Answer(200, reader.read(agent, form, body, encoding));
    } catch (IOException e) {
      return new Answer(400, form.error(SpanBody.why(e)));
    } catch (RuntimeException | StackOverflowError e) {
      LOG.log(System.Logger.Level.WARNING, agent.name() + ": what came could not be read", e);
      return new Answer(400, form.error("it could not be read; the server's log says why"));
    } finally {
      places.release();
    }
  }
}
