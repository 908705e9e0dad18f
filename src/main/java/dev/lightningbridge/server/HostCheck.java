package dev.lightningbridge.server;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.HostAndPort;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Whether a request is meant for this server, and comes from no other site's page. */
final class HostCheck {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

  private final Set<String> others;

  /**
   * @param others names and addresses beside loopback's under which the server is reached
   */
  HostCheck(Set<String> others) {
    this.others = Set.copyOf(others);
  }

  /** Vert.x throws for a request of HTTP/1 that does not. */
  static boolean namesOneHost(HttpServerRequest request) {
    return request.version() == HttpVersion.HTTP_2
        || request.headers().getAll(HttpHeaders.HOST).size() == 1;
  }

  /** Whether the request is for this server. */
  boolean isOurs(HttpServerRequest request) {
    return isOurs(hostOf(request));
  }

  private boolean isOurs(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    return LOOPBACK.contains(name) || others.contains(name);
  }

  /** Whether another site's page sent it. */
  boolean isForeign(HttpServerRequest request) {
    String origin = request.getHeader("Origin");
    String site = request.getHeader("Sec-Fetch-Site");
    boolean crossSite = site != null && !Set.of("same-origin", "none").contains(site);
    if (origin == null) {
      return crossSite && !Access.SAFE.contains(request.method());
    }
    return crossSite || !isOurs(hostOf(origin)) || portOf(origin) != portOf(request);
  }

  private static String hostOf(HttpServerRequest request) {
    HostAndPort authority = request.authority();
    return authority == null ? "" : authority.host();
  }

  private static int portOf(HttpServerRequest request) {
    HostAndPort authority = request.authority();
    return authority == null ? -1 : authority.port();
  }

  private static String hostOf(String origin) {
    return uri(origin).map(URI::getHost).orElse("");
  }

  private static int portOf(String origin) {
    return uri(origin).map(URI::getPort).orElse(-1);
  }

  private static Optional<URI> uri(String text) {
    try {
      return Optional.of(URI.create(text)).filter(uri -> uri.getHost() != null);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
