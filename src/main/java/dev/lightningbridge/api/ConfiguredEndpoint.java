package dev.lightningbridge.api;

import dev.lightningbridge.runs.EndpointExtras;
import dev.lightningbridge.runs.ModelAccess;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The endpoints that the server's configuration names. */
final class ConfiguredEndpoint {
  private ConfiguredEndpoint() {}

  /** Empty where none is configured. */
  static Optional<ModelAccess.Endpoint> of(ServerSettings.Endpoint settings) {
    return settings.baseUrl().map(url -> endpoint(url, settings));
  }

  private static ModelAccess.Endpoint endpoint(String url, ServerSettings.Endpoint settings) {
    Map<String, ModelAccess.Endpoint> roles = new HashMap<>();
    put(roles, "critic", settings.critic(), settings);
    if (roles.containsKey("critic")) {
      roles.put("editor", roles.get("critic"));
    }
    put(roles, "editor", settings.editor(), settings);
    put(roles, "judge", settings.judge(), settings);
    return new ModelAccess.Endpoint(
        url,
        settings.keyVariable(),
        settings.keyFile().orElse(null),
        settings.keyHeader().orElse(null),
        extras(settings.headers(), settings.query(), settings),
        roles);
  }

  private static void put(
      Map<String, ModelAccess.Endpoint> roles,
      String role,
      ServerSettings.OfRole own,
      ServerSettings.Endpoint settings) {
    own.baseUrl()
        .ifPresent(
            url ->
                roles.put(
                    role,
                    new ModelAccess.Endpoint(
                        url,
                        own.keyVariable(),
                        own.keyFile().orElse(null),
                        own.keyHeader().orElse(null),
                        extras(own.headers(), Map.of(), settings),
                        Map.of())));
  }

  private static EndpointExtras extras(
      Map<String, String> headers, Map<String, String> query, ServerSettings.Endpoint settings) {
    return new EndpointExtras(
        headers, query, settings.timeout().orElse(null), settings.maxOutputTokens().orElse(null));
  }
}
