package dev.lightningbridge.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lightningbridge.server.Access;
import dev.lightningbridge.server.Logins;
import dev.lightningbridge.server.ServerToken;
import dev.lightningbridge.store.BridgeHome;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every route of the API's description against everybody who may not use it. */
@QuarkusTest
@WithTestResource(ServerLab.class)
class ApiSecurityTest {
  private static final Pattern STATUS = Pattern.compile("^HTTP/1.1 (\\d+)");

  @TestHTTPResource URI server;

  private record Route(String method, String path) {
    boolean changes() {
      return !method.equals("GET");
    }
  }

  /** Of a stranger: what the request's head has, and the answer that it gets. */
  private record Stranger(String who, String head, int status) {}

  private List<Route> routes() {
    JsonPath api = RestAssured.given().get("/q/openapi?format=json").jsonPath();
    Map<String, Map<String, Object>> paths = api.getMap("paths");
    List<Route> routes = new ArrayList<>();
    paths.forEach(
        (path, item) ->
            item.keySet().stream()
                .filter(Set.of("get", "post", "put", "delete", "patch")::contains)
                .forEach(
                    method ->
                        routes.add(
                            new Route(
                                method.toUpperCase(Locale.ROOT),
                                path.replaceAll("\\{[^}]*}", "some")))));
    return routes;
  }

  @Test
  void every_route_refuses_every_stranger() throws IOException {
    String ours = "localhost:" + server.getPort();
    String token = "Authorization: Bearer " + ServerLab.TOKEN + "\r\n";
    String host = "Host: " + ours + "\r\n";
    List<Stranger> strangers =
        List.of(
            new Stranger("without a token", host, 401),
            new Stranger("with a wrong token", host + "Authorization: Bearer f00d\r\n", 401),
            new Stranger(
                "with a token of another kind",
                host + "Authorization: Basic " + ServerLab.TOKEN + "\r\n",
                401),
            new Stranger(
                "from another site", host + token + "Origin: https://evil.example\r\n", 403),
            new Stranger("from another port", host + token + "Origin: http://localhost:1\r\n", 403),
            new Stranger("from a sandboxed frame", host + token + "Origin: null\r\n", 403),
            new Stranger("for another host", "Host: evil.example\r\n" + token, 421),
            new Stranger(
                "for a host that only begins like ours",
                "Host: localhost.evil.example\r\n" + token,
                421),
            new Stranger(
                "with the cookie alone, where it changes something",
                host + cookie(logins().begin()),
                401),
            new Stranger(
                "with a cookie that somebody made up",
                host + cookie(logins().begin().replaceFirst("^.", "x")),
                401));
    List<Route> routes = routes();
    assertThat(routes.stream().filter(Route::changes).count()).isGreaterThanOrEqualTo(8);
    List<String> wrong = new ArrayList<>();
    for (Route route : routes) {
      for (Stranger stranger : strangers) {
        boolean cookieOnly = stranger.who().startsWith("with the cookie");
        if (cookieOnly && !route.changes()) {
          continue;
        }
        int status = status(route, stranger.head());
        if (status != stranger.status()) {
          wrong.add(route + " " + stranger.who() + ": " + status);
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void the_token_and_the_cookie_with_its_csrf_token_open_the_same_routes() throws IOException {
    String login = logins().begin();
    String host = "Host: localhost:" + server.getPort() + "\r\n";
    Route change = new Route("POST", "/api/v1/runs/some/cancel");
    assertThat(status(change, host + "Authorization: Bearer " + ServerLab.TOKEN + "\r\n"))
        .isEqualTo(404);
    assertThat(
            status(
                change,
                host + cookie(login) + "X-CSRF-Token: " + logins().csrfToken(login) + "\r\n"))
        .isEqualTo(404);
  }

  @Test
  void what_is_not_described_is_closed_too() throws IOException {
    String host = "Host: localhost:" + server.getPort() + "\r\n";
    for (String path :
        List.of(
            "/q/metrics", "/api/v2/x", "/q/health/../metrics", "/assets/../api/v1/runs", "/x")) {
      assertThat(status(new Route("GET", path), host)).as(path).isIn(401, 404);
      assertThat(status(new Route("GET", path), host)).as(path).isNotEqualTo(200);
    }
    assertThat(status(new Route("GET", "/q/health"), host)).isEqualTo(200);
  }

  @Test
  void assistants_find_no_door_where_none_was_opened() throws IOException {
    String host = "Host: localhost:" + server.getPort() + "\r\n";
    String token = "Authorization: Bearer " + ServerLab.TOKEN + "\r\n";
    for (String path : List.of("/mcp", "/mcp/sse", "/mcp/x")) {
      assertThat(status(new Route("GET", path), host)).as(path).isEqualTo(401);
      assertThat(status(new Route("GET", path), host + token)).as(path).isEqualTo(404);
    }
  }

  private static Logins logins() {
    BridgeHome home = BridgeHome.open(Server.folder().resolve("home"));
    return Logins.of(home, ServerToken.of(home), Clock.systemUTC());
  }

  private static String cookie(String login) {
    return "Cookie: " + Access.COOKIE + "=" + login + "\r\n";
  }

  /** As bytes on the wire: clients would put a Host of their own, and tidy the path up. */
  private int status(Route route, String head) throws IOException {
    String body = route.changes() ? "{}" : "";
    String request =
        "%s %s HTTP/1.1\r\n%sContent-Type: application/json\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s"
            .formatted(route.method(), route.path(), head, body.length(), body);
    try (Socket socket = new Socket("127.0.0.1", server.getPort());
        OutputStream out = socket.getOutputStream();
        InputStream in = socket.getInputStream()) {
      out.write(request.getBytes(StandardCharsets.ISO_8859_1));
      Matcher status = STATUS.matcher(new String(in.readAllBytes(), StandardCharsets.ISO_8859_1));
      assertThat(status.find()).as(request).isTrue();
      return Integer.parseInt(status.group(1));
    }
  }
}
