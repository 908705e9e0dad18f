package dev.lightningbridge.model;

import java.net.URI;

/**
 * Where another process of this machine finds the gateway.
 *
 * @param baseUrl an OpenAI base URL on loopback, ending in {@code /v1}
 * @param token the run's own bearer token; real keys stay in the gateway
 */
public record ModelEndpoint(URI baseUrl, String token) {
  @Override
  public String toString() {
    return "ModelEndpoint[" + baseUrl + "]";
  }
}
