package dev.lightningbridge.server;

import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The token that a request shows. */
final class SentToken {
  private static final String BEARER = "bearer ";
  private static final String BASIC = "basic ";

  private SentToken() {}

  /** That of the header {@code Authorization: Bearer}; null where there is none. */
  static @Nullable String bearer(HttpServerRequest request) {
    return credentials(request, BEARER);
  }

  /**
   * That, or the password of Basic authorisation, whoever the user is; null where there is none.
   */
  static @Nullable String inAnyForm(HttpServerRequest request) {
    String bearer = bearer(request);
    String basic = credentials(request, BASIC);
    return bearer != null || basic == null ? bearer : password(basic);
  }

  private static @Nullable String password(String credentials) {
    try {
      String pair = new String(Base64.getDecoder().decode(credentials), StandardCharsets.UTF_8);
      int colon = pair.indexOf(':');
      return colon < 0 ? null : pair.substring(colon + 1);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static @Nullable String credentials(HttpServerRequest request, String scheme) {
    String authorization = request.getHeader("Authorization");
    return authorization != null && authorization.toLowerCase(Locale.ROOT).startsWith(scheme)
        ? authorization.substring(scheme.length()).strip()
        : null;
  }
}
