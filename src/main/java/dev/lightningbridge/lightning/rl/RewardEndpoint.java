package dev.lightningbridge.lightning.rl;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.grading.Grader;
import dev.lightningbridge.grading.GradingException;
import dev.lightningbridge.model.ModelException;
import dev.lightningbridge.model.ModelException.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Our graders on 127.0.0.1, for the agents of a training: {@code POST} of {@code {"task",
 * "output"}} with the bearer token is answered by {@code {"reward"}}, 0 to 1. A failure of the
 * grader is an error and never a reward.
 */
final class RewardEndpoint implements AutoCloseable {
  private static final int BACKLOG = 256;
  private static final int LONGEST_REQUEST = 10_000_000;

  private final Grader grader;
  private final Map<String, Task> tasks;
  private final Consumer<ModelException> ended;
  private final String token = JobKeys.random();
  private final HttpServer server;
  private final ExecutorService threads;

  /**
   * @param ended told where no reward can be had any more: the budget is used up or the run
   *     cancelled
   */
  RewardEndpoint(Grader grader, List<Task> tasks, Consumer<ModelException> ended)
      throws IOException {
    this.grader = grader;
    this.tasks =
        tasks.stream().collect(Collectors.toMap(Task::id, Function.identity(), (a, b) -> a));
    this.ended = ended;
    InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    server = HttpServer.create(new InetSocketAddress(loopback, 0), BACKLOG);
    threads = Executors.newVirtualThreadPerTaskExecutor();
    server.setExecutor(threads);
    server.createContext("/reward", this::handle);
    server.start();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/reward");
  }

  String token() {
    return token;
  }

  /** Stops listening and ends the gradings under way. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readNBytes(LONGEST_REQUEST + 1);
      if (!isAllowed(exchange.getRequestHeaders().getFirst("Authorization"))) {
        answer(exchange, 401, Map.of("error", "the token is missing or wrong"));
      } else if (!exchange.getRequestMethod().equals("POST") || body.length > LONGEST_REQUEST) {
        answer(exchange, 400, Map.of("error", "a POST of at most 10 MB is wanted"));
      } else {
        grade(exchange, body);
      }
    }
  }

  private void grade(HttpExchange exchange, byte[] body) throws IOException {
    JsonNode request;
    try {
      request = Json.outside().readTree(new String(body, StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      answer(exchange, 400, Map.of("error", "no JSON: " + e.getOriginalMessage()));
      return;
    }
    Task task = tasks.get(request.path("task").asText());
    JsonNode output = request.path("output");
    if (task == null || !output.isTextual()) {
      answer(exchange, 400, Map.of("error", "no task of this training, or no output"));
      return;
    }
    try {
      answer(exchange, 200, Map.of("reward", grader.grade(task, output.textValue()).reward()));
    } catch (GradingException e) {
      answer(exchange, 503, Map.of("error", String.valueOf(e.getMessage())));
    } catch (ModelException e) {
      boolean over = e.kind() == Kind.BUDGET_EXHAUSTED || e.kind() == Kind.CANCELLED;
      // 503 is tried again by the agent; 402 is not.
      answer(exchange, over ? 402 : 503, Map.of("error", String.valueOf(e.getMessage())));
      if (over) {
        ended.accept(e);
      }
    }
  }

  private boolean isAllowed(@Nullable String header) {
    return MessageDigest.isEqual(
        Objects.requireNonNullElse(header, "").getBytes(StandardCharsets.UTF_8),
        ("Bearer " + token).getBytes(StandardCharsets.UTF_8));
  }

  private static void answer(HttpExchange exchange, int status, Map<String, Object> body)
      throws IOException {
    byte[] bytes = Json.write(body).getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
