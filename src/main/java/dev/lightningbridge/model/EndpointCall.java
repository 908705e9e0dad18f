package dev.lightningbridge.model;

import java.net.URI;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The address that was called and the key that went along, for messages.
 *
 * @param url without its query; empty where an answer's body is read that came from anywhere
 */
record EndpointCall(String url, ApiKey key) {
  private static final String COMPLETIONS = "/chat/completions";
  private static final Pattern VERSIONED = Pattern.compile(".*/(v\\d+\\w*|deployments/.*)(/.*)?");

  /** What stands for the address where an answer's body is read that came from anywhere. */
  static final String NAMELESS = "The endpoint";

  static final EndpointCall UNKNOWN = new EndpointCall("", ApiKey.NONE);

  static EndpointCall of(URI completions, ApiKey key) {
    return new EndpointCall(
        completions.getScheme() + "://" + completions.getRawAuthority() + completions.getRawPath(),
        key);
  }

  /** Where the endpoint lists its models. */
  static URI models(URI completions) {
    return URI.create(completions.toString().replaceFirst(COMPLETIONS + "(?=\\?|$)", "/models"));
  }

  /** What a failure says of "the endpoint", with its address in the place of that. */
  String named(String message) {
    return !url.isEmpty() && message.startsWith(NAMELESS)
        ? url + message.substring(NAMELESS.length())
        : message;
  }

  /** The base URL with the {@code /v1} that it lacks; null where it has a version. */
  @Nullable String versioned() {
    if (!url.endsWith(COMPLETIONS)) {
      return null;
    }
    String base = url.substring(0, url.length() - COMPLETIONS.length());
    return VERSIONED.matcher(URI.create(base).getRawPath()).matches() ? null : base + "/v1";
  }
}
