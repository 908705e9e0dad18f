package dev.lightningbridge.grading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.Cancellation;
import dev.lightningbridge.common.CleanEnvironment;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.model.ModelException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Graders that are services, called. */
@Timeout(60)
class AskedServiceTest {
  private record Reply(int status, String body) {}

  private static final Reply HANGS = new Reply(0, "");
  private static final Reply GOOD = new Reply(200, "{\"reward\": 0.5, \"note\": \"So so.\"}");

  private final Deque<Reply> replies = new ArrayDeque<>();
  private final List<String> bodies = Collections.synchronizedList(new ArrayList<>());
  private final Cancellation cancellation = new Cancellation();
  private HttpServer server;

  @BeforeEach
  void aService() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/grade", this::answer);
    server.start();
  }

  private void answer(HttpExchange exchange) throws IOException {
    bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    Reply reply;
    synchronized (replies) {
      reply = replies.size() > 1 ? replies.poll() : replies.peek();
    }
    if (reply == HANGS) {
      cancellation.request();
      return;
    }
    byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
    if (reply.status() == 302) {
      exchange.getResponseHeaders().set("Location", "/grade");
    }
    exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @AfterEach
  void end() {
    server.stop(0);
  }

  private Grade grade(int seconds, Reply... answers) throws Exception {
    replies.addAll(List.of(answers));
    String url = "http://127.0.0.1:%d/grade".formatted(server.getAddress().getPort());
    return ExternalGrading.of(
            new ExternalGrader.Http(url, url, seconds),
            new ExternalGradingTest.Kept(),
            CleanEnvironment.of(Map.of(), Set.of()),
            cancellation)
        .grade(RuleGraderTest.task("42"), "43");
  }

  @Test
  void it_is_asked_by_post_and_its_answer_is_the_grade() throws Exception {
    assertThat(grade(60, GOOD)).isEqualTo(new Grade(0.5, "So so."));
    assertThat(Json.mapper().readTree(bodies.getFirst()).path("output").asText()).isEqualTo("43");
  }

  @Test
  void a_failure_that_may_pass_is_tried_again() throws Exception {
    assertThat(grade(60, new Reply(503, "busy"), GOOD).reward()).isEqualTo(0.5);
    assertThat(bodies).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {302, 400, 404})
  void another_status_is_a_failure_at_once(int status) {
    assertThatThrownBy(() -> grade(60, new Reply(status, "so not")))
        .isInstanceOf(GradingException.class)
        .hasMessageContaining("answered %d: so not".formatted(status));
    assertThat(bodies).hasSize(1);
  }

  @Test
  void an_answer_without_end_is_no_grade() {
    assertThatThrownBy(() -> grade(60, new Reply(200, "x".repeat(1_000_001))))
        .isInstanceOf(GradingException.class)
        .hasMessageContaining("answered more than 1,000,000 bytes");
  }

  @Test
  void the_end_of_the_run_ends_a_question_under_way() {
    assertThatThrownBy(() -> grade(600, HANGS))
        .isInstanceOfSatisfying(
            ModelException.class,
            e -> assertThat(e.kind()).isEqualTo(ModelException.Kind.CANCELLED));
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void nobody_there_is_a_failure_of_the_infrastructure() {
    server.stop(0);
    assertThatThrownBy(() -> grade(1, GOOD))
        .isInstanceOfSatisfying(
            GradingException.class,
            e -> assertThat(e.failure().kind()).isEqualTo("GRADER_UNREACHABLE"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"grade", "ftp://host/x", "http://me:hush@host/x", "http://a b"})
  void what_is_no_address_is_said_before_the_run(String url) {
    assertThatThrownBy(() -> ExternalGrading.check(new ExternalGrader.Http(url, url, 60)))
        .isInstanceOf(BridgeException.class)
        .hasMessageContaining("no http or https URL");
  }
}
