package dev.lightningbridge.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.common.Sha256;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Names a call within its run, the same when the run is resumed.
 *
 * @param requestHash SHA-256 of role, body and, of a rollout's call, the rollout as JSON with
 *     sorted keys, in hexadecimal
 * @param ordinal how many identical requests the run, or the rollout, made before
 */
public record CallKey(String requestHash, int ordinal) {
  private static final ObjectWriter SORTED =
      Json.mapper().writer().with(JsonNodeFeature.WRITE_PROPERTIES_SORTED);

  /** The hash of a request; the order of its members does not matter. */
  public static String hash(ChatRequest request) {
    ObjectNode canonical = Json.mapper().createObjectNode();
    canonical.put("role", request.role().name());
    canonical.set("body", request.body());
    if (!request.scope().isEmpty()) {
      canonical.put("scope", request.scope());
    }
    try {
      return Sha256.hex(SORTED.writeValueAsString(canonical));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Numbers the identical requests of one run. Thread-safe. */
  static final class Counter {
    private final ConcurrentMap<String, Integer> made = new ConcurrentHashMap<>();

    CallKey next(ChatRequest request) {
      String hash = hash(request);
      return new CallKey(hash, made.merge(hash, 1, Integer::sum) - 1);
    }
  }
}
