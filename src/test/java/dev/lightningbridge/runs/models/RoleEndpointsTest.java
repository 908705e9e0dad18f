package dev.lightningbridge.runs.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.model.ChatRequest;
import dev.lightningbridge.model.ModelError;
import dev.lightningbridge.model.ModelRole;
import dev.lightningbridge.runs.request.EndpointExtras;
import dev.lightningbridge.runs.request.ModelAccess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoleEndpointsTest {
  private static final String ANSWER =
      "{\"choices\":[{\"finish_reason\":\"stop\",\"message\":{\"content\":\"fine\"}}]}";

  private final List<HttpServer> servers = new ArrayList<>();
  private final List<String> seen = new ArrayList<>();

  @AfterEach
  void stop() {
    servers.forEach(server -> server.stop(0));
  }

  @Test
  void each_role_is_asked_at_its_own_endpoint_with_its_own_key_headers_and_query()
      throws Exception {
    ModelAccess.Endpoint access =
        new ModelAccess.Endpoint(
                server("agent"),
                "AGENT_KEY",
                null,
                null,
                new EndpointExtras(
                    Map.of("X-Client", "env:CLIENT"), Map.of("api-version", "2024-10"), 5, null),
                Map.of())
            .withRoles(
                Map.of(
                    "critic", new ModelAccess.Endpoint(server("critic"), "CRITIC_KEY", null, null),
                    "judge",
                        new ModelAccess.Endpoint(server("judge"), "JUDGE_KEY", null, "x-key")));
    Map<String, String> environment =
        Map.of(
            "AGENT_KEY", "agent-key",
            "CRITIC_KEY", "critic-key",
            "JUDGE_KEY", "judge-key",
            "CLIENT", "some-client");

    try (RoleEndpoints endpoints = RoleEndpoints.open(access, environment, notice -> {})) {
      for (ModelRole role : List.of(ModelRole.WORKER, ModelRole.CRITIC, ModelRole.JUDGE)) {
        endpoints.complete(ChatRequest.of(role, "m", "s", "u", 0));
      }
    }

    assertThat(seen)
        .containsExactly(
            "agent /v1/chat/completions?api-version=2024-10 Bearer agent-key - some-client",
            "critic /v1/chat/completions Bearer critic-key - -",
            "judge /v1/chat/completions - judge-key -");
  }

  @Test
  void no_key_goes_to_another_server_unless_it_was_named_for_it() {
    ModelAccess.Endpoint agents =
        new ModelAccess.Endpoint("https://a.example/v1", "AGENT_KEY", null, "x-key");

    assertThat(agents.ofRole("https://b.example/v1", null, null, null, Map.of()).keyVariable())
        .isEmpty();
    assertThat(agents.ofRole("https://b.example/v1", "B_KEY", null, null, Map.of()).keyVariable())
        .isEqualTo("B_KEY");
    ModelAccess.Endpoint same =
        agents.ofRole("https://a.example/other/v1", null, null, null, Map.of());
    assertThat(same.keyVariable()).isEqualTo("AGENT_KEY");
    assertThat(same.keyHeader()).isEqualTo("x-key");
  }

  @Test
  void what_is_kept_of_an_endpoint_names_where_secrets_are_and_reads_back_the_same() {
    ModelAccess access =
        new ModelAccess.Endpoint(
                "https://api.example/v1",
                "KEY",
                null,
                null,
                new EndpointExtras(Map.of("X-Api-Token", "env:TOKEN"), Map.of(), 30, 4096),
                Map.of())
            .withRoles(
                Map.of("judge", new ModelAccess.Endpoint("https://j.example/v1", "J", null, null)));

    String kept = Json.write(access);

    assertThat(kept).contains("env:TOKEN");
    assertThat(Json.read(kept, ModelAccess.class)).isEqualTo(access);
  }

  @Test
  void an_endpoint_that_was_kept_before_roles_had_their_own_is_read() {
    ModelAccess kept =
        Json.read(
            "{\"kind\":\"endpoint\",\"baseUrl\":\"https://a.example/v1\",\"keyVariable\":\"K\","
                + "\"keyFile\":null,\"keyHeader\":null}",
            ModelAccess.class);

    assertThat(kept).isEqualTo(new ModelAccess.Endpoint("https://a.example/v1", "K", null, null));
  }

  @ParameterizedTest
  @CsvSource({
    "Authorization, Bearer abc",
    "X-Api-Key, abc",
    "Cookie, session=1",
    "X Client, abc",
    "X-Client, größe"
  })
  void a_secret_in_the_open_or_a_header_that_is_none_is_refused_without_its_value(
      String name, String value) {
    BridgeException refused =
        catchThrowableOfType(
            BridgeException.class,
            () -> new EndpointExtras(Map.of(name, value), Map.of(), null, null));

    assertThat(refused.code()).isEqualTo(ModelError.EXTRA_INVALID);
    assertThat(refused.toString()).doesNotContain(value);
  }

  @Test
  void a_variable_that_is_not_set_is_named() throws Exception {
    ModelAccess.Endpoint access =
        new ModelAccess.Endpoint(
            server("agent"),
            "KEY",
            null,
            null,
            new EndpointExtras(Map.of("X-Client", "env:NOT_SET"), Map.of(), null, null),
            Map.of());

    BridgeException refused =
        catchThrowableOfType(
            BridgeException.class, () -> RoleEndpoints.open(access, Map.of(), notice -> {}));

    assertThat(refused.what()).contains("NOT_SET");
  }

  @ParameterizedTest
  @ValueSource(strings = {"?key=abc123", "?api-version=1&api_key=abc123", "?sig=abc123"})
  void a_key_in_the_base_url_is_refused(String query) {
    ModelAccess.Endpoint access =
        new ModelAccess.Endpoint("https://api.example/v1" + query, "KEY", null, null);

    BridgeException refused =
        catchThrowableOfType(
            BridgeException.class, () -> RoleEndpoints.open(access, Map.of(), notice -> {}));

    assertThat(refused.code()).isEqualTo(ModelError.BASE_URL_INVALID);
    assertThat(refused.toString()).doesNotContain("abc123");
  }

  @Test
  void what_a_model_does_not_take_is_said_and_left_out() throws Exception {
    List<String> notices = new ArrayList<>();
    HttpServer server = HttpServer.create(new InetSocketAddress(loopback(), 0), 0);
    servers.add(server);
    server.createContext(
        "/",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          boolean refused = body.contains("temperature");
          byte[] answer =
              (refused
                      ? "{\"error\":{\"message\":\"Unsupported value: 'temperature'\",\"param\":\"temperature\"}}"
                      : ANSWER)
                  .getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(refused ? 400 : 200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
    ModelAccess.Endpoint access = new ModelAccess.Endpoint(url(server), "KEY", null, null);

    try (RoleEndpoints endpoints = RoleEndpoints.open(access, Map.of(), notices::add)) {
      assertThat(endpoints.complete(ChatRequest.of(ModelRole.WORKER, "m", "s", "u", 0.5)).text())
          .isEqualTo("fine");
    }

    assertThat(notices).containsExactly("m does not take temperature 0.5: calls go without it.");
  }

  private String server(String name) throws IOException {
    HttpServer server = HttpServer.create(new InetSocketAddress(loopback(), 0), 0);
    servers.add(server);
    server.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          List<String> headers = new ArrayList<>();
          for (String header : List.of("Authorization", "x-key", "X-Client")) {
            String value = exchange.getRequestHeaders().getFirst(header);
            headers.add(value == null ? "-" : value);
          }
          seen.add(name + " " + exchange.getRequestURI() + " " + String.join(" ", headers));
          byte[] answer = ANSWER.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
    return url(server);
  }

  private static String url(HttpServer server) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
  }

  private static InetAddress loopback() throws IOException {
    return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
  }
}
