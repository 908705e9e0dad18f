package dev.lightningbridge.runs.models;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.model.AdaptingModel;
import dev.lightningbridge.model.ApiKey;
import dev.lightningbridge.model.ChatAnswer;
import dev.lightningbridge.model.ChatModel;
import dev.lightningbridge.model.ChatRequest;
import dev.lightningbridge.model.ModelException;
import dev.lightningbridge.model.ModelRole;
import dev.lightningbridge.model.OpenAiUpstream;
import dev.lightningbridge.model.Patience;
import dev.lightningbridge.model.UpstreamBuilder;
import dev.lightningbridge.runs.request.EndpointExtras;
import dev.lightningbridge.runs.request.ModelAccess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The endpoints of a run: each role's calls go to its own. Thread-safe. */
final class RoleEndpoints implements ChatModel, AutoCloseable {
  private final Map<ModelRole, ChatModel> byRole = new EnumMap<>(ModelRole.class);
  private final Map<ModelRole, String> urls = new EnumMap<>(ModelRole.class);
  private final List<OpenAiUpstream> upstreams = new ArrayList<>();
  private final Map<String, String> environment;
  private final Consumer<String> notices;

  private RoleEndpoints(Map<String, String> environment, Consumer<String> notices) {
    this.environment = environment;
    this.notices = notices;
  }

  /**
   * @param environment where keys and other secrets are read from
   * @param notices told in a sentence of each change that a model's requests need
   * @throws BridgeException where a base URL, a key, a header or a parameter cannot be used
   */
  static RoleEndpoints open(
      ModelAccess.Endpoint access, Map<String, String> environment, Consumer<String> notices) {
    RoleEndpoints endpoints = new RoleEndpoints(environment, notices);
    Map<ModelAccess.Endpoint, ChatModel> models = new HashMap<>();
    try {
      for (ModelRole role : ModelRole.values()) {
        ModelAccess.Endpoint own = access.of(name(role));
        endpoints.byRole.put(role, models.computeIfAbsent(own, endpoints::model));
        endpoints.urls.put(role, own.baseUrl());
      }
      return endpoints;
    } catch (BridgeException e) {
      endpoints.close();
      throw e;
    }
  }

  private static String name(ModelRole role) {
    return role.name().toLowerCase(Locale.ROOT);
  }

  private ChatModel model(ModelAccess.Endpoint access) {
    UpstreamBuilder upstream = OpenAiUpstream.at(access.baseUrl()).key(key(access));
    if (access.keyHeader() != null) {
      upstream.keyHeader(access.keyHeader());
    }
    EndpointExtras extras = access.extras();
    extras
        .headers()
        .forEach(
            (name, value) ->
                upstream.header(name, EndpointExtras.resolved(name, value, environment)));
    extras
        .query()
        .forEach(
            (name, value) ->
                upstream.query(name, EndpointExtras.resolved(name, value, environment)));
    upstream.timeout(timeout(extras));
    OpenAiUpstream built = upstream.build();
    upstreams.add(built);
    return new AdaptingModel(built, extras.maxOutputTokens() == null, notices);
  }

  private static Duration timeout(EndpointExtras extras) {
    Integer seconds = extras.timeoutSeconds();
    return seconds == null ? Patience.DEFAULT.callTimeout() : Duration.ofSeconds(seconds);
  }

  /** The longest that an answer of any role may take. */
  static Duration longestTimeout(ModelAccess.Endpoint access) {
    return Stream.of(ModelRole.values())
        .map(role -> timeout(access.of(name(role)).extras()))
        .max(Comparator.naturalOrder())
        .orElseThrow();
  }

  /** Roles at one base URL share its limits. */
  @Override
  public String endpointOf(ChatRequest request) {
    return urls.getOrDefault(request.role(), "");
  }

  private ApiKey key(ModelAccess.Endpoint access) {
    if (access.keyFile() != null) {
      return ApiKey.fromFile(access.keyFile());
    }
    return access.keyVariable().isEmpty()
        ? ApiKey.NONE
        : ApiKey.fromEnvironment(environment, access.keyVariable());
  }

  @Override
  public ChatAnswer complete(ChatRequest request) throws ModelException {
    ChatModel model = byRole.get(request.role());
    if (model == null) {
      throw new IllegalStateException(request.role().name());
    }
    return model.complete(request);
  }

  @Override
  public void close() {
    upstreams.forEach(OpenAiUpstream::close);
  }
}
