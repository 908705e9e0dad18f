package dev.lightningbridge.model;

import dev.lightningbridge.common.BridgeException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The proxy that an address is called through, as the environment names it by curl's rules: {@code
 * http_proxy}, {@code https_proxy} by the address's scheme, else {@code all_proxy}, in lower case
 * before upper case; none for the hosts of {@code no_proxy}. Unlike curl it takes {@code
 * HTTP_PROXY} in upper case too, which is ignored there only for the sake of CGI scripts.
 *
 * @param variable the variable that names it
 * @param authorization the header that carries its user and password; null where it has none
 */
record ProxyChoice(String variable, String host, int port, @Nullable String authorization) {
  /** Curl's for a proxy that names none. */
  private static final int DEFAULT_PORT = 1080;

  /**
   * @throws BridgeException LB-3010 where the proxy is no HTTP proxy
   */
  static Optional<ProxyChoice> of(URI address, Map<String, String> environment) {
    for (String variable : variables(address.getScheme())) {
      String value = environment.getOrDefault(variable, "").strip();
      if (!value.isEmpty()) {
        return NoProxy.of(environment).exempts(address)
            ? Optional.empty()
            : Optional.of(named(variable, value));
      }
    }
    return Optional.empty();
  }

  private static List<String> variables(String scheme) {
    String own = scheme + "_proxy";
    return List.of(own, own.toUpperCase(Locale.ROOT), "all_proxy", "ALL_PROXY");
  }

  private static ProxyChoice named(String variable, String value) {
    URI uri;
    try {
      uri = new URI(value.contains("://") ? value : "http://" + value);
    } catch (URISyntaxException e) {
      // Without its text, which may hold a password.
      throw invalid(variable, "is no URL");
    }
    if (!"http".equalsIgnoreCase(uri.getScheme())) {
      throw invalid(variable, "is of the kind " + uri.getScheme() + "://, which cannot be used");
    }
    if (uri.getHost() == null) {
      throw invalid(variable, "names no host");
    }
    int port = uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort();
    return new ProxyChoice(variable, uri.getHost(), port, authorization(uri.getRawUserInfo()));
  }

  private static @Nullable String authorization(@Nullable String userInfo) {
    if (userInfo == null) {
      return null;
    }
    // A plus is a plus here: it stands for a space in forms alone.
    String plain = URLDecoder.decode(userInfo.replace("+", "%2B"), StandardCharsets.UTF_8);
    String withPassword = plain.contains(":") ? plain : plain + ":";
    return "Basic "
        + Base64.getEncoder().encodeToString(withPassword.getBytes(StandardCharsets.UTF_8));
  }

  private static BridgeException invalid(String variable, String what) {
    return new BridgeException(
        ModelError.PROXY_INVALID,
        "The proxy " + what,
        "environment variable " + variable,
        "Name an HTTP proxy, http://HOST:PORT, or put the endpoint's host into NO_PROXY.");
  }

  ProxySelector selector() {
    return ProxySelector.of(InetSocketAddress.createUnresolved(host, port));
  }

  /** With the variable, without user and password. */
  @Override
  public String toString() {
    return "the proxy %s:%d (%s)".formatted(host, port, variable);
  }
}
