package dev.lightningbridge.capture;

import dev.lightningbridge.capture.CapturedAgents.Agent;
import dev.lightningbridge.capture.recording.CaptureError;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.model.ModelException;
import dev.lightningbridge.model.OpenAiUpstream;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Flow;

/**
 * {@code /capture/AGENT/v1}: an OpenAI-compatible endpoint that passes calls on to the agent's own,
 * byte for byte and as they come, and has them recorded afterwards. Who gets here has shown the
 * agent's token.
 */
@ApplicationScoped
public class CaptureProxy {
  private static final System.Logger LOG = System.getLogger(CaptureProxy.class.getName());
  private static final String BASE = "/capture/:agent/v1";

  private final CapturedAgents agents;
  private final SpanIntake spans;
  private final Vertx vertx;

  CaptureProxy(CapturedAgents agents, SpanIntake spans, Vertx vertx) {
    this.agents = agents;
    this.spans = spans;
    this.vertx = vertx;
  }

  void routes(@Observes Router router) {
    router.post(BASE + "/chat/completions").handler(context -> pass(context, true));
    router.get(BASE + "/models").handler(context -> pass(context, false));
    router.post(BASE + "/traces").handler(spans::spans);
    router.post(BASE + "/logs").handler(spans::logs);
    router.post(BASE + "/metrics").handler(spans::drop);
    router.route("/capture/*").handler(CaptureProxy::unknown);
  }

  private void pass(RoutingContext context, boolean completion) {
    Agent agent = agents.find(String.valueOf(context.pathParam("agent"))).orElse(null);
    if (agent == null) {
      unknown(context);
      return;
    }
    OpenAiUpstream endpoint = agent.endpoint();
    if (endpoint == null) {
      error(
          context,
          404,
          CaptureError.ENDPOINT_MISSING.id(),
          "The configuration of this agent names no base-url: its spans are taken, and no calls.");
      return;
    }
    Buffer body = context.body().buffer();
    PassedCall call =
        new PassedCall(
            agents.recorder(),
            agent.captured(),
            body == null ? new byte[0] : body.getBytes(),
            CallTrace.of(context.request().headers()));
    if (completion) {
      call.begin();
      call.attemptId().ifPresent(id -> context.response().putHeader("X-Attempt-Id", id));
    }
    Context eventLoop = vertx.getOrCreateContext();
    Map<String, List<String>> headers = PassedHeaders.of(context.request().headers());
    // It waits until the endpoint begins to answer.
    Thread.startVirtualThread(
        () -> {
          try {
            HttpResponse<Flow.Publisher<List<ByteBuffer>>> answer =
                endpoint.relay(completion ? call.body() : null, headers);
            eventLoop.runOnContext(now -> pass(context.response(), eventLoop, answer, call));
          } catch (ModelException | RuntimeException e) {
            eventLoop.runOnContext(now -> silent(context, agent, call, e));
          }
        });
  }

  private static void pass(
      HttpServerResponse response,
      Context eventLoop,
      HttpResponse<Flow.Publisher<List<ByteBuffer>>> answer,
      PassedCall call) {
    response.setStatusCode(answer.statusCode());
    PassedHeaders.each(answer.headers(), response::putHeader);
    if (answer.headers().firstValue("content-length").isEmpty()) {
      response.setChunked(true);
    }
    call.answered(answer.statusCode(), answer.headers().firstValue("content-type").orElse(""));
    answer.body().subscribe(new PassingAnswer(response, eventLoop, call));
  }

  private static void silent(
      RoutingContext context, Agent agent, PassedCall call, Exception failure) {
    call.failed();
    LOG.log(System.Logger.Level.WARNING, "{0}: no answer: {1}", agent.captured().name(), failure);
    error(
        context,
        502,
        CaptureError.ENDPOINT_SILENT.id(),
        "The endpoint behind Lightning Bridge did not answer; the server's log says why.");
  }

  private static void unknown(RoutingContext context) {
    error(
        context,
        404,
        "unknown_url",
        "POST chat/completions, POST traces, POST logs and GET models are all that there is below"
            + " /capture/AGENT/v1.");
  }

  /** In the form in which clients of OpenAI read it. */
  private static void error(RoutingContext context, int status, String code, String message) {
    if (!context.response().closed()) {
      context
          .response()
          .setStatusCode(status)
          .putHeader("Content-Type", "application/json")
          .end(
              Json.write(
                  Map.of(
                      "error",
                      Map.of("message", message, "type", "lightning_bridge", "code", code))));
    }
  }
}
