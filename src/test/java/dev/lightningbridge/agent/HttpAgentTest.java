package dev.lightningbridge.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.lightningbridge.agent.AgentException.Kind;
import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.Cancellation;
import dev.lightningbridge.common.CleanEnvironment;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.dataset.TaskSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A service as the agent. */
@Timeout(60)
class HttpAgentTest {
  private static final Task TASK =
      new Task("t1", "How are you?", null, List.of(), null, TaskSource.PROVIDED);

  private final ScriptedModel model = ScriptedModel.saying("Fine.");
  private final List<JsonNode> asked = new CopyOnWriteArrayList<>();
  private Service service =
      (exchange, request) -> answer(exchange, 200, "{\"output\": \"Hello\\u0000\"}");
  private HttpServer server;

  private interface Service {
    void answer(HttpExchange exchange, JsonNode request) throws IOException, InterruptedException;
  }

  @BeforeEach
  void aService() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 5);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(
        "/",
        exchange -> {
          JsonNode request = Json.mapper().readTree(exchange.getRequestBody().readAllBytes());
          asked.add(request);
          try (exchange) {
            service.answer(exchange, request);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    server.start();
  }

  @AfterEach
  void itsEnd() {
    server.stop(0);
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private AgentRunner agent(int seconds) {
    return agent("http://127.0.0.1:%d/rollout".formatted(server.getAddress().getPort()), seconds);
  }

  private AgentRunner agent(String url, int seconds) {
    return Agents.of(
        new AgentChoice.Http(url, seconds),
        new AgentModel(model, "gpt-x", null, null, false),
        new Agents.Bench(
            RolloutJournal.inMemory(),
            CleanEnvironment.of(Map.of(), Set.of()),
            Assertions::fail,
            new Cancellation()));
  }

  private AgentException failure(AgentRunner agent) {
    return assertThatExceptionOfType(AgentException.class)
        .isThrownBy(() -> agent.run("p", TASK))
        .actual();
  }

  @Test
  void itIsToldTaskPromptAndWhereTheModelIsAndItsCallsGoThroughTheGateway() throws Exception {
    service =
        (exchange, request) -> {
          try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> said =
                client.send(
                    HttpRequest.newBuilder(
                            URI.create(request.path("base_url").asText() + "/chat/completions"))
                        .header("Authorization", "Bearer " + request.path("api_key").asText())
                        .POST(HttpRequest.BodyPublishers.ofString("{\"messages\": []}"))
                        .build(),
                    HttpResponse.BodyHandlers.ofString());
            String text =
                Json.mapper().readTree(said.body()).at("/choices/0/message/content").asText();
            answer(exchange, 200, Json.write(Map.of("output", text + "!")));
          }
        };
    assertThat(agent(30).run("Be kind.", TASK).text()).isEqualTo("Fine.!");
    assertThat(asked.getFirst().path("task").asText()).isEqualTo("t1");
    assertThat(asked.getFirst().path("input").asText()).isEqualTo("How are you?");
    assertThat(asked.getFirst().path("system_prompt").asText()).isEqualTo("Be kind.");
    assertThat(model.requests().getFirst().model()).isEqualTo("gpt-x");
  }

  @Test
  void aNulThatNoDatabaseTakesIsMarked() throws Exception {
    assertThat(agent(30).run("p", TASK).text()).isEqualTo("Hello\uFFFD");
  }

  @Test
  void whatMayPassIsAskedAgain() throws Exception {
    service =
        (exchange, request) ->
            answer(exchange, asked.size() < 2 ? 503 : 200, "{\"output\": \"Hello\"}");
    assertThat(agent(30).run("p", TASK).text()).isEqualTo("Hello");
    assertThat(asked).hasSize(2);
  }

  @Test
  void anAnswerWithoutAnOutputIsTheAgentsFailure() {
    service = (exchange, request) -> answer(exchange, 200, "{\"result\": 1}");
    AgentException failure = failure(agent(30));
    assertThat(failure.kind()).isEqualTo(Kind.BAD_ANSWER);
    assertThat(failure)
        .hasMessageEndingWith("answered without {\"output\": TEXT}: {\"result\": 1}");

    service = (exchange, request) -> answer(exchange, 418, "a\u001b[31m teapot");
    assertThat(failure(agent(30))).hasMessageEndingWith("answered 418: a\\u001b[31m teapot");
  }

  @Test
  void oneThatDoesNotAnswerOrAnswersWithoutEndIsNoZero() {
    service = (exchange, request) -> Thread.sleep(20_000);
    assertThat(failure(agent(1)).kind()).isEqualTo(Kind.AGENT_TIMED_OUT);

    service =
        (exchange, request) -> {
          exchange.sendResponseHeaders(200, 0);
          byte[] some = new byte[100_000];
          for (int i = 0; i < 1000; i++) {
            exchange.getResponseBody().write(some);
          }
        };
    assertThat(failure(agent(30)).kind()).isEqualTo(Kind.OUTPUT_TOO_LONG);
  }

  @Test
  void oneThatIsNotThereIsItsSurroundingsFailure() {
    AgentRunner agent = agent(30);
    server.stop(0);
    assertThat(failure(agent).kind()).isEqualTo(Kind.AGENT_UNREACHABLE);
  }

  @Test
  void anAddressThatIsNoneOrHoldsAPasswordIsRefused() {
    for (String url : List.of("ftp://x/", "agent", "http://anna:geheim@127.0.0.1/")) {
      assertThatExceptionOfType(BridgeException.class)
          .isThrownBy(() -> agent(url, 30))
          .withMessageContaining("no http or https URL")
          .withMessageNotContaining("geheim");
    }
  }
}
