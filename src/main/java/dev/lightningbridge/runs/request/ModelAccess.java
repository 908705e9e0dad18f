package dev.lightningbridge.runs.request;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which model answers a run's calls. It is never guessed. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = ModelAccess.Sandbox.class, name = "sandbox"),
  @JsonSubTypes.Type(value = ModelAccess.Endpoint.class, name = "endpoint"),
  @JsonSubTypes.Type(value = ModelAccess.None.class, name = "none")
})
public sealed interface ModelAccess {
  /** The environment variables that hold its keys, by what was said. */
  default Set<String> keyVariables() {
    Set<String> names = new HashSet<>();
    if (this instanceof Endpoint endpoint) {
      names.add(endpoint.keyVariable());
      endpoint.roles().values().forEach(role -> names.addAll(role.keyVariables()));
      endpoint.extras().headers().values().stream()
          .filter(value -> value.startsWith("env:"))
          .forEach(value -> names.add(value.substring("env:".length())));
    }
    return names;
  }

  /**
   * The simulated model.
   *
   * @param latencyMs added to each call
   * @param judge how its judge scores: careful, noisy, coin-flip, length-loving or talkable
   */
  record Sandbox(long seed, int latencyMs, String judge) implements ModelAccess {}

  /**
   * An OpenAI-compatible endpoint, and those of roles that have their own.
   *
   * @param keyVariable the environment variable that holds its key, empty for none; the key itself
   *     is never kept
   * @param keyFile a file outside every repository that holds the key instead
   * @param keyHeader the header that carries it; null for the usual one, Authorization or Azure's
   *     api-key
   * @param extras what else goes along with its calls
   * @param roles endpoints of roles, by the role's name in lower case; what is not named here goes
   *     to this one
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Endpoint(
      String baseUrl,
      String keyVariable,
      @Nullable Path keyFile,
      @Nullable String keyHeader,
      EndpointExtras extras,
      Map<String, Endpoint> roles)
      implements ModelAccess {
    /** Of rows that were kept before there were extras and roles, both are missing. */
    @SuppressWarnings("NullAway")
    public Endpoint {
      extras = extras == null ? EndpointExtras.NONE : extras;
      roles = roles == null ? Map.of() : Map.copyOf(roles);
    }

    /** With its key alone, for all roles. */
    public Endpoint(
        String baseUrl, String keyVariable, @Nullable Path keyFile, @Nullable String keyHeader) {
      this(baseUrl, keyVariable, keyFile, keyHeader, EndpointExtras.NONE, Map.of());
    }

    /**
     * An endpoint for a role that has its own. Time-out and limit of answers are this one's; its
     * key goes along only where it is the same server: no key is sent to another host unasked.
     *
     * @param variable the environment variable that holds its key; null where none was named
     */
    public Endpoint ofRole(
        String url,
        @Nullable String variable,
        @Nullable Path file,
        @Nullable String header,
        Map<String, String> headers) {
      EndpointExtras own =
          new EndpointExtras(headers, Map.of(), extras.timeoutSeconds(), extras.maxOutputTokens());
      boolean sameKey = variable == null && file == null && sameServer(url, baseUrl);
      return sameKey
          ? new Endpoint(
              url, keyVariable, keyFile, header == null ? keyHeader : header, own, Map.of())
          : new Endpoint(url, variable == null ? "" : variable, file, header, own, Map.of());
    }

    private static boolean sameServer(String one, String other) {
      try {
        String authority = URI.create(one.strip()).getAuthority();
        return authority != null && authority.equals(URI.create(other.strip()).getAuthority());
      } catch (IllegalArgumentException e) {
        // What is no URL is said where it is used.
        return false;
      }
    }

    /** The endpoint that answers calls of the role. */
    public Endpoint of(String role) {
      return roles.getOrDefault(role, this);
    }

    public Endpoint withRoles(Map<String, Endpoint> others) {
      return new Endpoint(baseUrl, keyVariable, keyFile, keyHeader, extras, others);
    }
  }

  /** None but those that the run serves itself: enough where a rule grades a trained model. */
  record None() implements ModelAccess {}
}
