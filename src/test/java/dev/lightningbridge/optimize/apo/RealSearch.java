package dev.lightningbridge.optimize.apo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.lightningbridge.agent.SystemPromptAgent;
import dev.lightningbridge.common.Cancellation;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.dataset.TaskSource;
import dev.lightningbridge.dataset.split.Split;
import dev.lightningbridge.grading.Grade;
import dev.lightningbridge.grading.Grader;
import dev.lightningbridge.lightning.AgentLightningOptimizer;
import dev.lightningbridge.lightning.EnvironmentKind;
import dev.lightningbridge.model.ChatRequest;
import dev.lightningbridge.model.GatewayEndpoint;
import dev.lightningbridge.model.Limits;
import dev.lightningbridge.model.ModelGateway;
import dev.lightningbridge.model.ModelNames;
import dev.lightningbridge.model.ModelRole;
import dev.lightningbridge.model.OpenAiUpstream;
import dev.lightningbridge.needs.Environments;
import dev.lightningbridge.optimize.ApoSettings;
import dev.lightningbridge.optimize.CallTerms;
import dev.lightningbridge.optimize.OptimizationJob;
import dev.lightningbridge.optimize.OptimizationResult;
import dev.lightningbridge.optimize.PromptGuard;
import dev.lightningbridge.optimize.PromptOptimizer;
import dev.lightningbridge.optimize.PromptRules;
import dev.lightningbridge.optimize.RolloutRunner;
import dev.lightningbridge.optimize.SearchMeans;
import dev.lightningbridge.optimize.demonstrations.Demonstrations;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * This project's engine as an entrant of scripts/bench/real, and GEPA and the real APO with the
 * same worker, grader and critic. The wish comes on standard input as dspy_entrant.py gets it, with
 * "start", "calls", whether a "critic" answers, and the "gepa_python"; the last line said is the
 * prompt.
 */
final class RealSearch {
  private static final int LONGEST_ANSWER = 32;
  private static final int AT_ONCE = 4;
  private static final String CRITIC = "critic";

  private RealSearch() {}

  public static void main(String[] args) throws IOException {
    JsonNode wish =
        Json.mapper().readTree(new String(System.in.readAllBytes(), StandardCharsets.UTF_8));
    List<Task> train = tasks(wish.get("train"), "t");
    List<Task> validation = tasks(wish.get("validation"), "v");
    String start = wish.get("start").asText();
    OptimizationJob job =
        new OptimizationJob(
            "bench",
            start,
            train,
            validation,
            List.of(),
            new ApoSettings(4, 2, 3, 4, 8, 1.0, wish.path("at_once").asInt(AT_ONCE)),
            PromptGuard.of(start, PromptRules.NONE),
            new CallTerms(false, LONGEST_ANSWER, "gemma-3-270m"),
            wish.get("seed").asLong(),
            new SearchMeans(
                wish.path(CRITIC).asBoolean(),
                Demonstrations.of(new Split(train, validation, List.of()), List.of(), start)));
    int calls = wish.get("calls").asInt();
    try (OpenAiUpstream upstream =
            OpenAiUpstream.at(wish.get("url").asText() + "/v1").direct().build();
        ModelGateway gateway =
            ModelGateway.before(upstream)
                .names(
                    ModelNames.builder()
                        .role(ModelRole.WORKER, "local")
                        .role(ModelRole.CRITIC, CRITIC)
                        .role(ModelRole.EDITOR, CRITIC)
                        .build())
                .limits(new Limits((long) calls, null, null))
                .build();
        GatewayEndpoint endpoint = GatewayEndpoint.before(gateway).open()) {
      OptimizationResult result =
          optimizer(wish, calls)
              .optimize(
                  job,
                  new PromptOptimizer.Context(
                      new RolloutRunner(
                          new SystemPromptAgent(gateway, "local", 0.0, LONGEST_ANSWER),
                          new KindGrader(wish.get("kind").asText())),
                      gateway,
                      endpoint.endpoint(),
                      event -> System.err.println(event),
                      new Cancellation()));
      System.out.println(Json.write(Map.of("prompt", result.prompt())));
    }
  }

  private static PromptOptimizer optimizer(JsonNode wish, int calls) {
    String name = wish.path("optimizer").asText("bridge");
    return switch (name) {
      case "bridge" -> JavaOptimizer.racing(RacingSettings.DEFAULT.withCalls(calls));
      case "apo" -> new AgentLightningOptimizer(Environments.of(EnvironmentKind.APO));
      case "gepa" ->
          new GepaOptimizer(
              Path.of(wish.get("gepa_python").asText()),
              Path.of("src/test/resources/optimize/gepa_search.py"),
              text -> ChatRequest.of(ModelRole.EDITOR, CRITIC, "", text, 1.0));
      default -> throw new IllegalArgumentException("no optimizer is called " + name);
    };
  }

  private static List<Task> tasks(JsonNode rows, String prefix) {
    List<Task> tasks = new ArrayList<>();
    for (JsonNode row : rows) {
      String expected = row.get("expected").asText();
      String id = prefix + tasks.size();
      tasks.add(
          new Task(id, row.get("input").asText(), expected, List.of(), null, TaskSource.PROVIDED));
    }
    return tasks;
  }

  /** What jobs.py has as a reward. */
  private record KindGrader(String kind) implements Grader {
    private static final double FAR = 3;

    @Override
    public String name() {
      return kind;
    }

    @Override
    public Grade grade(Task task, String output) {
      String expected = String.valueOf(task.expectedText());
      double reward = reward(output.strip(), expected);
      return new Grade(reward, reward < 1 ? "Expected: " + expected : "All as expected.");
    }

    private double reward(String said, String expected) {
      return switch (kind) {
        case "snippets" -> near(said, Double.parseDouble(expected));
        case "cards" -> alike(said, expected);
        default -> said.equals(expected) ? 1 : 0;
      };
    }

    private static double near(String said, double expected) {
      try {
        return Math.max(0, 1 - Math.abs(Double.parseDouble(said) - expected) / FAR);
      } catch (NumberFormatException e) {
        return 0;
      }
    }

    private static double alike(String said, String expected) {
      try {
        JsonNode output = Json.mapper().readTree(said);
        JsonNode wanted = Json.mapper().readTree(expected);
        if (output == null || !output.isObject()) {
          return 0;
        }
        long right =
            wanted.properties().stream()
                .filter(field -> field.getValue().equals(output.get(field.getKey())))
                .count();
        return (double) right / Math.max(wanted.size(), output.size());
      } catch (JsonProcessingException e) {
        return 0;
      }
    }
  }
}
