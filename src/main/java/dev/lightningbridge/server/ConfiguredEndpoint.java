package dev.lightningbridge.server;

import dev.lightningbridge.runs.request.EndpointExtras;
import dev.lightningbridge.runs.request.ModelAccess;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The endpoints that the server's configuration names. */
public final class ConfiguredEndpoint {
  private ConfiguredEndpoint() {}

  /** Empty where none is configured. */
  public static Optional<ModelAccess.Endpoint> of(ServerSettings.Endpoint settings) {
    return settings.baseUrl().map(url -> endpoint(url, settings));
  }

  private static ModelAccess.Endpoint endpoint(String url, ServerSettings.Endpoint settings) {
    ModelAccess.Endpoint agents =
        new ModelAccess.Endpoint(
            url,
            settings.keyVariable(),
            settings.keyFile().orElse(null),
            settings.keyHeader().orElse(null),
            new EndpointExtras(
                settings.headers(),
                settings.query(),
                settings.timeout().orElse(null),
                settings.maxOutputTokens().orElse(null)),
            Map.of());
    Map<String, ModelAccess.Endpoint> roles = new HashMap<>();
    put(roles, "critic", agents, settings.critic());
    if (roles.containsKey("critic")) {
      roles.put("editor", roles.get("critic"));
    }
    put(roles, "editor", agents, settings.editor());
    put(roles, "judge", agents, settings.judge());
    return agents.withRoles(roles);
  }

  private static void put(
      Map<String, ModelAccess.Endpoint> roles,
      String role,
      ModelAccess.Endpoint agents,
      ServerSettings.OfRole own) {
    own.baseUrl()
        .ifPresent(
            url ->
                roles.put(
                    role,
                    agents.ofRole(
                        url,
                        own.keyVariable().orElse(null),
                        own.keyFile().orElse(null),
                        own.keyHeader().orElse(null),
                        own.headers())));
  }
}
