package dev.lightningbridge.runs.request;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.model.ModelError;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What goes along with an endpoint's calls beside its key. A value {@code env:VARIABLE} is kept as
 * it stands and read from the environment when a call is made; so no secret is kept.
 *
 * @param headers by name
 * @param query parameters of the URL by name, such as Azure's api-version
 * @param timeoutSeconds how long an answer may take; null for the default
 * @param maxOutputTokens the limit of every answer; null for that of the agent or the default
 */
public record EndpointExtras(
    Map<String, String> headers,
    Map<String, String> query,
    @Nullable Integer timeoutSeconds,
    @Nullable Integer maxOutputTokens) {
  public static final EndpointExtras NONE = new EndpointExtras(Map.of(), Map.of(), null, null);

  private static final String ENVIRONMENT = "env:";
  private static final Pattern SECRET =
      Pattern.compile(
          "(?i)authorization|.*cookie.*|.*(key|token|secret|password|credential|signature).*|sig");
  private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
  private static final int MOST_TOKENS = 10_000_000;
  private static final int MOST_SECONDS = 86_400;

  /**
   * @throws BridgeException LB-3015 where a name is none, a secret stands there in the open, or a
   *     number is out of range
   */
  @SuppressWarnings("NullAway")
  public EndpointExtras {
    headers = headers == null ? Map.of() : Map.copyOf(headers);
    query = query == null ? Map.of() : Map.copyOf(query);
    headers.forEach((name, value) -> check("--header", name, value));
    query.forEach((name, value) -> check("--query", name, value));
    inRange("--timeout", timeoutSeconds, MOST_SECONDS);
    inRange("--max-output-tokens", maxOutputTokens, MOST_TOKENS);
  }

  private static void check(String option, String name, String value) {
    if (!NAME.matcher(name).matches() || value.chars().anyMatch(c -> c < 0x20 || c > 0x7e)) {
      throw invalid(
          "the name or the value holds characters that none has",
          option + " " + name.replaceAll("[^ -~]", "?"),
          "Write it as NAME=VALUE in ASCII, or NAME=env:VARIABLE.");
    }
    if (SECRET.matcher(name).matches() && !value.startsWith(ENVIRONMENT)) {
      throw invalid(
          "the value looks like a secret, and what is typed here is kept with the run",
          option + " " + name,
          "Put it into an environment variable and give " + name + "=env:VARIABLE.");
    }
  }

  private static void inRange(String option, @Nullable Integer value, int most) {
    if (value != null && (value < 1 || value > most)) {
      throw invalid(
          "the number is out of range",
          option + " " + value,
          "Give one from 1 to %,d.".formatted(most));
    }
  }

  private static BridgeException invalid(String what, String where, String remedy) {
    return new BridgeException(ModelError.EXTRA_INVALID, what, where, remedy);
  }

  /**
   * The value to send.
   *
   * @throws BridgeException LB-3015 where the environment variable that it names is not set
   */
  public static String resolved(String name, String value, Map<String, String> environment) {
    if (!value.startsWith(ENVIRONMENT)) {
      return value;
    }
    String variable = value.substring(ENVIRONMENT.length());
    String found = environment.getOrDefault(variable, "");
    if (found.isBlank()) {
      throw invalid(
          "the environment variable %s is not set".formatted(variable),
          name + "=" + value,
          "Set it to the value that the endpoint wants.");
    }
    return found.strip();
  }
}
