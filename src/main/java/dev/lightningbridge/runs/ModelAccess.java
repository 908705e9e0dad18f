package dev.lightningbridge.runs;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which model answers a run's calls. It is never guessed. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = ModelAccess.Sandbox.class, name = "sandbox"),
  @JsonSubTypes.Type(value = ModelAccess.Endpoint.class, name = "endpoint"),
  @JsonSubTypes.Type(value = ModelAccess.None.class, name = "none")
})
public sealed interface ModelAccess {
  /**
   * The simulated model.
   *
   * @param latencyMs added to each call
   * @param judge how its judge scores: careful, noisy, coin-flip or length-loving
   */
  record Sandbox(long seed, int latencyMs, String judge) implements ModelAccess {}

  /**
   * An OpenAI-compatible endpoint, and those of roles that have their own.
   *
   * @param keyVariable the environment variable that holds its key; the key itself is never kept
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

    /** The endpoint that answers calls of the role. */
    public Endpoint of(String role) {
      return roles.getOrDefault(role, this);
    }

    Endpoint withRoles(Map<String, Endpoint> others) {
      return new Endpoint(baseUrl, keyVariable, keyFile, keyHeader, extras, others);
    }
  }

  /** None but those that the run serves itself: enough where a rule grades a trained model. */
  record None() implements ModelAccess {}
}
