package dev.lightningbridge.optimize.apo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.dataset.Outcome;
import dev.lightningbridge.dataset.Rollout;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.model.ChatRequest;
import dev.lightningbridge.model.ModelException;
import dev.lightningbridge.optimize.OptimizationJob;
import dev.lightningbridge.optimize.OptimizationResult;
import dev.lightningbridge.optimize.OptimizationResult.StopReason;
import dev.lightningbridge.optimize.PromptOptimizer;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * GEPA, as the benchmark runs it: in a Python process that asks for rollouts and reflections over
 * its standard streams (gepa_search.py).
 */
final class GepaOptimizer implements PromptOptimizer {
  private final Path python;
  private final Path script;
  private final Function<String, ChatRequest> reflection;

  /**
   * @param reflection GEPA's letter, as a request of the model that answers it
   */
  GepaOptimizer(Path python, Path script, Function<String, ChatRequest> reflection) {
    this.python = python;
    this.script = script;
    this.reflection = reflection;
  }

  @Override
  public String name() {
    return "gepa";
  }

  @Override
  public OptimizationResult optimize(OptimizationJob job, Context context) {
    try {
      Process process =
          new ProcessBuilder(python.toString(), script.toString())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      try (BufferedReader from = process.inputReader(StandardCharsets.UTF_8);
          BufferedWriter to = process.outputWriter(StandardCharsets.UTF_8);
          CallPool pool =
              new CallPool(job.settings().concurrency(), Long.MAX_VALUE, context.cancellation())) {
        return new Conversation(job, context, pool, reflection, from, to).follow();
      } finally {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Conversation {
    private final OptimizationJob job;
    private final Context context;
    private final CallPool pool;
    private final Function<String, ChatRequest> reflection;
    private final BufferedReader from;
    private final BufferedWriter to;
    private final Map<String, Task> tasks = new HashMap<>();

    Conversation(
        OptimizationJob job,
        Context context,
        CallPool pool,
        Function<String, ChatRequest> reflection,
        BufferedReader from,
        BufferedWriter to) {
      this.job = job;
      this.context = context;
      this.pool = pool;
      this.reflection = reflection;
      this.from = from;
      this.to = to;
      job.train().forEach(t -> tasks.put(t.id(), t));
      job.validation().forEach(t -> tasks.put(t.id(), t));
    }

    OptimizationResult follow() throws IOException {
      ObjectNode opening = Json.mapper().createObjectNode();
      opening.put("prompt", job.seedPrompt()).put("seed", job.seed());
      opening.set("train", listed(job.train()));
      opening.set("validation", listed(job.validation()));
      say(opening);
      while (true) {
        String line = from.readLine();
        if (line == null) {
          throw new IllegalStateException("GEPA ended without a result");
        }
        JsonNode request = Json.mapper().readTree(line);
        if (request.has("best")) {
          return new OptimizationResult(
              request.path("best").asText(),
              request.path("score").asDouble(),
              StopReason.BUDGET_EXHAUSTED);
        }
        say(answer(request));
      }
    }

    private JsonNode answer(JsonNode request) {
      try {
        return request.has("ask") ? asked(request.path("ask").asText()) : run(request.path("run"));
      } catch (SearchStopped e) {
        return Json.mapper().createObjectNode().put("stop", true);
      }
    }

    private JsonNode asked(String text) throws SearchStopped {
      ChatRequest request = reflection.apply(text);
      CallPool.Making<String> making = () -> context.models().complete(request).text();
      String answer = pool.all(List.of(new CallPool.Call<>(text, making))).getFirst();
      return Json.mapper().createObjectNode().put("text", answer);
    }

    private JsonNode run(JsonNode wanted) throws SearchStopped {
      List<CallPool.Call<Rollout>> calls = new ArrayList<>();
      for (JsonNode pair : wanted) {
        String prompt = pair.path(0).asText();
        Task task = tasks.get(pair.path(1).asText());
        calls.add(new CallPool.Call<>(pair, () -> rollout(prompt, task)));
      }
      ArrayNode results = Json.mapper().createArrayNode();
      for (Rollout rollout : pool.all(calls)) {
        Outcome.Rewarded rewarded = (Outcome.Rewarded) rollout.outcome();
        results
            .addObject()
            .put("output", rollout.output())
            .put("reward", rewarded.reward())
            .put("feedback", rewarded.feedback());
      }
      return results;
    }

    private Rollout rollout(String prompt, Task task) throws ModelException {
      return context.rollouts().run(prompt, task);
    }

    private static ArrayNode listed(List<Task> tasks) {
      ArrayNode list = Json.mapper().createArrayNode();
      tasks.forEach(t -> list.addArray().add(t.id()).add(t.input()));
      return list;
    }

    private void say(JsonNode message) throws IOException {
      to.write(Json.write(message));
      to.newLine();
      to.flush();
    }
  }
}
