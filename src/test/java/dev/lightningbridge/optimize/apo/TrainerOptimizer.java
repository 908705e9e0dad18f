package dev.lightningbridge.optimize.apo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.dataset.Outcome;
import dev.lightningbridge.dataset.Rollout;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.model.ModelException;
import dev.lightningbridge.optimize.OptimizationJob;
import dev.lightningbridge.optimize.OptimizationResult;
import dev.lightningbridge.optimize.OptimizationResult.StopReason;
import dev.lightningbridge.optimize.PromptOptimizer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * agentlightning's Trainer and APO as they come, without our worker: a Python process whose runners
 * ask for rollouts over HTTP (trainer_apo.py). The benchmark's measure of speed.
 */
final class TrainerOptimizer implements PromptOptimizer {
  private final Path python;
  private final Path script;

  TrainerOptimizer(Path python, Path script) {
    this.python = python;
    this.script = script;
  }

  @Override
  public String name() {
    return "trainer";
  }

  @Override
  public OptimizationResult optimize(OptimizationJob job, Context context) {
    Map<String, Task> tasks = new HashMap<>();
    job.train().forEach(t -> tasks.put(t.id(), t));
    job.validation().forEach(t -> tasks.put(t.id(), t));
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.setExecutor(threads);
      server.createContext("/", exchange -> answer(exchange, tasks, context));
      server.start();
      try {
        return searched(job, context, server.getAddress().getPort());
      } finally {
        server.stop(0);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private OptimizationResult searched(OptimizationJob job, Context context, int port)
      throws IOException {
    ObjectNode opening = Json.mapper().createObjectNode();
    opening.put("prompt", job.seedPrompt());
    opening.put("rollouts", "http://127.0.0.1:" + port + "/");
    opening.put("baseUrl", context.endpoint().baseUrl().toString());
    opening.put("token", context.endpoint().token());
    opening.set("settings", Json.mapper().valueToTree(job.settings()));
    opening.set("train", ids(job.train()));
    opening.set("validation", ids(job.validation()));
    Path folder = Files.createTempDirectory("trainer"); // agentops leaves a log where it runs
    Process process =
        new ProcessBuilder(python.toString(), script.toAbsolutePath().toString())
            .directory(folder.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      process.getOutputStream().write(Json.write(opening).getBytes(StandardCharsets.UTF_8));
      process.getOutputStream().close();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      String last = said.lines().filter(l -> l.startsWith("{\"best\"")).findFirst().orElseThrow();
      return new OptimizationResult(
          Json.mapper().readTree(last).path("best").asText(), Double.NaN, StopReason.FINISHED);
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private static void answer(HttpExchange exchange, Map<String, Task> tasks, Context context)
      throws IOException {
    JsonNode wanted = Json.mapper().readTree(exchange.getRequestBody().readAllBytes());
    ObjectNode answer = Json.mapper().createObjectNode();
    int status = 200;
    try {
      Rollout rollout =
          context
              .rollouts()
              .run(wanted.path("prompt").asText(), tasks.get(wanted.path("task").asText()));
      Outcome.Rewarded rewarded = (Outcome.Rewarded) rollout.outcome();
      answer.put("reward", rewarded.reward());
      answer.put("feedback", rewarded.feedback());
      answer.put("output", rollout.output());
      answer.put("input", rollout.task().input());
    } catch (ModelException e) {
      status = 429;
    }
    byte[] body = Json.write(answer).getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static ArrayNode ids(List<Task> tasks) {
    ArrayNode list = Json.mapper().createArrayNode();
    tasks.forEach(t -> list.add(t.id()));
    return list;
  }
}
