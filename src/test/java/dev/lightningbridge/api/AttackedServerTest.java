package dev.lightningbridge.api;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lightningbridge.server.Access;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that are made to hold the server up, or to get in without being let in. */
@QuarkusTest
@WithTestResource(ServerLab.class)
class AttackedServerTest {
  private static final String FORM = "application/x-www-form-urlencoded";

  @TestHTTPResource URI server;

  @Test
  void bodies_that_never_end_hold_nobody_else_up() throws IOException {
    String head =
        "POST %s HTTP/1.1\r\nHost: localhost:%d\r\n%sContent-Type: %s\r\nContent-Length: 1000\r\n\r\n";
    List<Socket> open = new ArrayList<>();
    try {
      for (int i = 0; i < 230; i++) {
        open.add(send(head.formatted("/login", server.getPort(), "", FORM) + "token="));
      }
      String token = "Authorization: Bearer " + ServerLab.TOKEN + "\r\n";
      for (int i = 0; i < 230; i++) {
        open.add(
            send(
                head.formatted("/api/v1/runs", server.getPort(), token, "application/json") + "{"));
      }

      Response runs = Server.given().get("/api/v1/runs?limit=1");

      assertThat(runs.statusCode()).isEqualTo(200);
      assertThat(Server.given().body("{}").post("/api/v1/runs").statusCode()).isEqualTo(400);
    } finally {
      for (Socket socket : open) {
        socket.close();
      }
    }
  }

  @Test
  void a_person_can_log_in_after_strangers_left_bodies_unfinished() throws Exception {
    List<Socket> open = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      open.add(
          send(
              "POST /login HTTP/1.1\r\nHost: localhost:%d\r\nContent-Type: %s\r\nContent-Length: 100\r\n\r\nt"
                  .formatted(server.getPort(), FORM)));
    }
    for (Socket socket : open) {
      socket.close();
    }

    Server.until(() -> login(ServerLab.TOKEN).statusCode() == 303);
  }

  @Test
  void a_form_of_too_many_fields_is_refused() {
    Response refused =
        RestAssured.given()
            .header("Authorization", "Bearer " + ServerLab.TOKEN)
            .contentType(FORM)
            .body("a=1" + "&a=1".repeat(1_000))
            .post("/runs/new");

    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.asString()).contains("1,000 fields");
  }

  @Test
  void a_form_of_too_many_parts_is_refused() {
    String part = "--B\r\nContent-Disposition: form-data; name=\"a%d\"\r\n\r\n1\r\n";
    String parts = IntStream.range(0, 1_001).mapToObj(part::formatted).collect(joining());

    Response refused =
        RestAssured.given()
            .header("Authorization", "Bearer " + ServerLab.TOKEN)
            .header("Content-Type", "multipart/form-data; boundary=B")
            .body((parts + "--B--\r\n").getBytes(StandardCharsets.ISO_8859_1))
            .post("/import");

    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.asString()).contains("1,000 fields");
  }

  @Test
  void connections_that_show_no_token_go_for_newer_ones() throws IOException {
    String head = "GET /api/v1/runs?limit=1 HTTP/1.1\r\nHost: localhost:%d\r\n%s";
    String token = "Authorization: Bearer " + ServerLab.TOKEN + "\r\n\r\n";
    String known = head.formatted(server.getPort(), token);
    String unfinished = head.formatted(server.getPort(), "X: ");
    List<Socket> open = new ArrayList<>();
    try (Socket watched = send(known)) {
      assertThat(watched.getInputStream().read()).isEqualTo('H');
      for (int i = 0; i < 300; i++) {
        open.add(send(unfinished));
      }

      assertThat(isClosed(open.getFirst())).isTrue();
      assertThat(Server.given().get("/api/v1/runs?limit=1").statusCode()).isEqualTo(200);
      String last = head.formatted(server.getPort(), "Connection: close\r\n" + token);
      watched.getOutputStream().write(last.getBytes(StandardCharsets.ISO_8859_1));
      assertThat(new String(watched.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1))
          .contains("HTTP/1.1 200");
    } finally {
      for (Socket socket : open) {
        socket.close();
      }
    }
  }

  private static boolean isClosed(Socket socket) throws IOException {
    socket.setSoTimeout(20_000);
    try {
      return socket.getInputStream().read() < 0;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (SocketException e) {
      return true;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Host: localhost\r\nHost: evil.example\r\n", "Host: a b\r\n"})
  void a_host_that_is_missing_doubled_or_no_host_is_refused_in_one_line(String hosts)
      throws IOException {
    String answer = answer("GET /api/v1/runs HTTP/1.1\r\n" + hosts + "Connection: close\r\n\r\n");

    assertThat(answer).matches("(?s)HTTP/1.1 (400|421) .*LB-80.*").doesNotContain("Error id");
  }

  @Test
  void a_login_ends_with_its_log_out_for_every_copy_of_its_cookie() {
    String cookie = login(ServerLab.TOKEN).cookie(Access.COOKIE);
    String page = page(cookie).asString();
    String csrf = page.replaceAll("(?s).*X-CSRF-Token\":\"([0-9a-f]+)\".*", "$1");

    assertThat(page(cookie).statusCode()).isEqualTo(200);
    RestAssured.given()
        .cookie(Access.COOKIE, cookie)
        .header("X-CSRF-Token", csrf)
        .post("/logout")
        .then()
        .statusCode(204);

    assertThat(page(cookie).statusCode()).isEqualTo(303);
    assertThat(page(login(ServerLab.TOKEN).cookie(Access.COOKIE)).statusCode()).isEqualTo(200);
  }

  @Test
  void pages_and_answers_with_data_are_kept_by_nobody() {
    String cookie = login(ServerLab.TOKEN).cookie(Access.COOKIE);

    assertThat(page(cookie).header("Cache-Control")).isEqualTo("no-store");
    assertThat(Server.given().get("/api/v1/runs").header("Cache-Control")).isEqualTo("no-store");
    assertThat(RestAssured.get("/assets/lib/htmx.js").header("Cache-Control")).contains("max-age");
  }

  @Test
  void wrong_tokens_are_counted() {
    double before = wrongTokens();

    login("wrong");

    assertThat(wrongTokens()).isEqualTo(before + 1);
  }

  private static double wrongTokens() {
    String metrics = Server.given().get("/q/metrics").asString();
    return metrics
        .lines()
        .filter(line -> line.startsWith("lightning_bridge_wrong_tokens_total"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  private static Response login(String token) {
    return RestAssured.given()
        .redirects()
        .follow(false)
        .contentType(FORM)
        .formParam("token", token)
        .post("/login");
  }

  private static Response page(String cookie) {
    return RestAssured.given()
        .redirects()
        .follow(false)
        .cookie(Access.COOKIE, cookie)
        .header("Accept", "text/html")
        .get("/");
  }

  private Socket send(String request) throws IOException {
    Socket socket = new Socket("127.0.0.1", server.getPort());
    OutputStream out = socket.getOutputStream();
    out.write(request.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
    return socket;
  }

  private String answer(String request) throws IOException {
    try (Socket socket = send(request);
        InputStream in = socket.getInputStream()) {
      return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }
}
