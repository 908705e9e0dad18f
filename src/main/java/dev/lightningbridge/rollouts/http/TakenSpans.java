package dev.lightningbridge.rollouts.http;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.rollouts.RolloutError;
import dev.lightningbridge.rollouts.RolloutSpans;
import dev.lightningbridge.rollouts.RolloutStore;
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
 * {@code /agl/AGENT/v1/traces}: takes spans as the exporter of agentlightning's tracers sends them
 * (OTLP over HTTP).
 */
@ApplicationScoped
class TakenSpans {
  private static final System.Logger LOG = System.getLogger(TakenSpans.class.getName());
  private static final int AT_ONCE = 2;

  private final ServedStores stores;
  private final Vertx vertx;

  /** A document takes many times its bytes while it is read. */
  private final Semaphore places = new Semaphore(AT_ONCE);

  TakenSpans(ServedStores stores, Vertx vertx) {
    this.stores = stores;
    this.vertx = vertx;
  }

  void take(RoutingContext context) {
    RolloutStore store = stores.of(context).orElse(null);
    SpanBody form = SpanBody.of(context.request().getHeader("Content-Type"));
    if (store == null) {
      StoreDoor.unknown(context);
      return;
    }
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
        () -> answer(store, form, sent, encoding),
        answer -> form.send(context, answer.status(), answer.body()));
  }

  private record Answer(int status, Buffer body) {}

  private Answer answer(RolloutStore store, SpanBody form, byte[] body, @Nullable String encoding) {
    places.acquireUninterruptibly();
    try {
      RolloutSpans.Added added =
          store.spans().add(OtlpRolloutSpans.in(form.read(body, encoding).json()));
      String why = added.refused().isEmpty() ? "" : added.refused().getFirst().getMessage();
      return new Answer(200, form.answer(added.refused().size(), String.valueOf(why)));
    } catch (IOException e) {
      return new Answer(400, form.error(SpanBody.why(e)));
    } catch (BridgeException e) {
      // Exporters send it again where it is 503.
      int status = e.code() instanceof RolloutError ? 400 : 503;
      return new Answer(status, form.error(String.valueOf(e.getMessage())));
    } catch (RuntimeException | StackOverflowError e) {
      LOG.log(System.Logger.Level.WARNING, "spans of a rollout could not be read", e);
      return new Answer(400, form.error("it could not be read; the server's log says why"));
    } finally {
      places.release();
    }
  }
}
