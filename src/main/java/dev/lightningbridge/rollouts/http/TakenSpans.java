package dev.lightningbridge.rollouts.http;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.rollouts.RolloutError;
import dev.lightningbridge.rollouts.RolloutSpans;
import dev.lightningbridge.rollouts.RolloutStore;
import dev.lightningbridge.server.OtlpDoor;
import dev.lightningbridge.server.SpanBody;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * {@code /agl/AGENT/v1/traces}: takes spans as the exporter of agentlightning's tracers sends them
 * (OTLP over HTTP).
 */
@ApplicationScoped
class TakenSpans {
  private final ServedStores stores;
  private final OtlpDoor door;

  TakenSpans(ServedStores stores, Vertx vertx) {
    this.stores = stores;
    this.door = new OtlpDoor(vertx);
  }

  void take(RoutingContext context) {
    RolloutStore store = stores.of(context).orElse(null);
    if (store == null) {
      StoreDoor.unknown(context);
      return;
    }
    door.take(
        context, "spans of rollouts", (form, body, encoding) -> add(store, form, body, encoding));
  }

  private static OtlpDoor.Answer add(
      RolloutStore store, SpanBody form, byte[] body, @Nullable String encoding)
      throws IOException {
    try {
      RolloutSpans.Added added =
          store.spans().add(OtlpRolloutSpans.in(form.read(body, encoding).json()));
      String why = added.refused().isEmpty() ? "" : added.refused().getFirst().getMessage();
      return new OtlpDoor.Answer(200, form.answer(added.refused().size(), String.valueOf(why)));
    } catch (BridgeException e) {
      // Exporters send it again where it is 503.
      int status = e.code() instanceof RolloutError ? 400 : 503;
      return new OtlpDoor.Answer(status, form.error(String.valueOf(e.getMessage())));
    }
  }
}
