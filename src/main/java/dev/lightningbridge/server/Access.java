package dev.lightningbridge.server;

import dev.lightningbridge.common.ErrorCode;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who may do what. Every request must be for a host that is this server's and come from no other
 * site's page. All that shows or changes something needs the bearer token, or the cookie that a
 * page got for it; with the cookie, a change also needs the CSRF token in a header, which only our
 * pages know.
 */
@ApplicationScoped
public class Access {
  /** The cookie of a person who has given the token. */
  public static final String COOKIE = "lightning-bridge";

  static final String CSRF_HEADER = "X-CSRF-Token";

  /** Its place among the filters: before all others that look at a request. */
  static final int FIRST = 10_000;

  /** The place of a filter that gives a request another address, by which all others then go. */
  public static final int ADDRESSES = FIRST + 1;

  /** The place of a filter that only requests reach which may come in. */
  public static final int AFTERWARDS = FIRST - 100;

  private static final String KNOWN = Access.class.getName() + ".known";
  static final Set<HttpMethod> SAFE = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
          + "connect-src 'self'; font-src 'self'; form-action 'self'; frame-ancestors 'none'; "
          + "base-uri 'none'";

  private static final String AGENT = Access.class.getName() + ".agent";

  private final ServerToken token;
  private final AgentTokens agents;
  private final Logins logins;
  private final WrongTokens wrongTokens;
  private final HostCheck hosts;

  Access(
      ServerToken token,
      AgentTokens agents,
      Logins logins,
      WrongTokens wrongTokens,
      ServerSettings settings) {
    this.token = token;
    this.agents = agents;
    this.logins = logins;
    this.wrongTokens = wrongTokens;
    this.hosts = new HostCheck(settings.hosts().orElse(Set.of()));
  }

  void register(@Observes Filters filters) {
    filters.register(this::check, FIRST);
  }

  /**
   * What a page sends in the header {@code X-CSRF-Token} of every change; empty without a login.
   */
  public String csrfToken(HttpServerRequest request) {
    String cookie = valueOf(request.getCookie(COOKIE));
    return cookie == null || !logins.isOpen(cookie) ? "" : logins.csrfToken(cookie);
  }

  /** Whether a person typed the right token. */
  public boolean opens(String typed) {
    return matches(typed.strip());
  }

  private boolean matches(String given) {
    boolean right = token.matches(given);
    if (!right) {
      wrongTokens.count();
    }
    return right;
  }

  private void check(RoutingContext context) {
    HttpServerRequest request = context.request();
    secure(context);
    if (!HostCheck.namesOneHost(request)) {
      refuse(context, 400, ApiError.BAD_REQUEST, "Send one Host header.");
    } else if (!hosts.isOurs(request)) {
      refuse(
          context, 421, ApiError.WRONG_HOST, "Use the name or address that the server was told.");
    } else if (hosts.isForeign(request)) {
      refuse(context, 403, ApiError.WRONG_ORIGIN, "Use the server's own pages, or no browser.");
    } else if (isAllowed(request, context.normalizedPath())) {
      context.put(KNOWN, true).next();
    } else if (isAgents(context)) {
      context.next();
    } else if (isOpen(context.normalizedPath())) {
      context.next();
    } else if (isPage(request, context.normalizedPath())) {
      context.response().setStatusCode(303).putHeader("Location", "/login").end();
    } else {
      slowed(context, () -> askForToken(context));
    }
  }

  private static void askForToken(RoutingContext context) {
    context.response().putHeader("WWW-Authenticate", "Bearer");
    refuse(
        context,
        401,
        ApiError.NO_TOKEN,
        "Send the header Authorization: Bearer TOKEN; the token is in the home folder's file"
            + " \"token\", those of agents in \"capture\" and \"agl\".");
  }

  /** Without holding a thread. */
  private void slowed(RoutingContext context, Runnable refusal) {
    long ms = wrongTokens.delay().toMillis();
    if (ms == 0 || context.request().getHeader("Authorization") == null) {
      refusal.run();
    } else {
      context
          .vertx()
          .setTimer(
              ms,
              timer -> {
                if (!context.response().closed()) {
                  refusal.run();
                }
              });
    }
  }

  /** How long the answer to a wrong token is held back. */
  public Duration delay() {
    return wrongTokens.delay();
  }

  /** Whether the request showed the token, or the cookie that stands for it. */
  static boolean isKnown(RoutingContext context) {
    return context.get(KNOWN, false);
  }

  private static void secure(RoutingContext context) {
    context
        .response()
        .putHeader("Content-Security-Policy", POLICY)
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("Referrer-Policy", "same-origin")
        .putHeader("Cross-Origin-Opener-Policy", "same-origin");
    if (!context.normalizedPath().startsWith("/assets/")) {
      // What is shown here is other people's data: no browser or proxy keeps a copy.
      context.response().putHeader("Cache-Control", "no-store");
    }
  }

  /** What shows no data: the state of health, the description of the API, the login, our assets. */
  private static boolean isOpen(String path) {
    return path.equals("/login")
        || path.startsWith("/assets/")
        || path.startsWith("/q/health")
        || path.equals("/q/openapi");
  }

  private boolean isAllowed(HttpServerRequest request, String path) {
    if (AgentTokens.isAgentsAlone(path)) {
      return false;
    }
    if (request.getHeader("Authorization") != null) {
      String given = SentToken.bearer(request);
      return given != null && token.matches(given);
    }
    String cookie = valueOf(request.getCookie(COOKIE));
    return cookie != null
        && logins.isOpen(cookie)
        && (SAFE.contains(request.method())
            || same(request.getHeader(CSRF_HEADER), logins.csrfToken(cookie)));
  }

  /** Whether an application's own token is good for this; counts tokens that are nobody's. */
  private boolean isAgents(RoutingContext context) {
    String path = context.normalizedPath();
    String given =
        AgentTokens.isStore(path)
            ? SentToken.inAnyForm(context.request())
            : SentToken.bearer(context.request());
    if (given == null) {
      return false;
    }
    Optional<AgentTokens.Owner> owner = agents.ownerOf(given);
    if (owner.isEmpty() && !token.matches(given)) {
      wrongTokens.count();
    }
    boolean opens = owner.isPresent() && owner.get().opens(context.request().method(), path);
    if (opens) {
      context.put(KNOWN, true).put(AGENT, owner.get().agent());
    }
    return opens;
  }

  /** The agent whose application sent the request; null where the server's token came with it. */
  public static @Nullable String agentOf(RoutingContext context) {
    return context.get(AGENT);
  }

  private static @Nullable String valueOf(@Nullable Cookie cookie) {
    return cookie == null ? null : cookie.getValue();
  }

  private static boolean same(@Nullable String given, String right) {
    return given != null
        && MessageDigest.isEqual(
            given.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));
  }

  private static boolean isPage(HttpServerRequest request, String path) {
    String accept = request.getHeader("Accept");
    return HttpMethod.GET.equals(request.method())
        && !path.startsWith("/api/")
        && !path.startsWith("/q/")
        && accept != null
        && accept.contains("text/html");
  }

  /** Answers with a {@link Problem}. */
  public static void refuse(RoutingContext context, int status, ErrorCode code, String remedy) {
    context
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", Problem.MEDIA_TYPE)
        .end(Problem.of(status, code, code.summary(), context.normalizedPath(), remedy).json());
  }
}
