package dev.lightningbridge.lightning.rl;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.lightningbridge.common.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The overrides of a training by whom they are for: names beginning with {@code agent.} choose the
 * agent, {@code gateway.} and {@code controller.} are settings of those processes, all others are
 * the trainer's.
 *
 * @param trainer Hydra overrides of the trainer, such as {@code actor_rollout_ref.rollout.n}
 * @param gateway Hydra overrides of agl-server; {@code controller} of agl-controller
 */
public record RlOptions(
    Agent agent,
    Map<String, String> trainer,
    Map<String, String> gateway,
    Map<String, String> controller) {

  /** Who plays the rollouts. */
  public sealed interface Agent {
    /** As Training Camp: the system prompt, then the input. */
    record Prompt() implements Agent {}

    /** A program of the user's. */
    record Command(List<String> words) implements Agent {}

    /** A service of the user's. */
    record Http(String url) implements Agent {}

    /** Jobs on Kubernetes, made from a template; how they report rewards is theirs. */
    record Kubernetes(Path jobTemplate) implements Agent {}
  }

  /**
   * Sorts them.
   *
   * @throws IllegalArgumentException where one of {@code agent.} is unknown or wrong; its message
   *     says what
   */
  public static RlOptions of(Map<String, String> overrides) {
    Map<String, Map<String, String>> groups = new HashMap<>();
    new TreeMap<>(overrides)
        .forEach(
            (name, value) -> {
              int dot = name.indexOf('.');
              String group = dot < 0 ? "" : name.substring(0, dot);
              boolean ours = List.of("agent", "gateway", "controller").contains(group);
              groups
                  .computeIfAbsent(ours ? group : "trainer", g -> new TreeMap<>())
                  .put(ours ? name.substring(dot + 1) : name, value);
            });
    return new RlOptions(
        agent(groups.getOrDefault("agent", Map.of())),
        groups.getOrDefault("trainer", Map.of()),
        groups.getOrDefault("gateway", Map.of()),
        groups.getOrDefault("controller", Map.of()));
  }

  private static Agent agent(Map<String, String> options) {
    if (options.size() > 1) {
      throw new IllegalArgumentException("one agent is wanted, not agent." + options.keySet());
    }
    for (Map.Entry<String, String> option : options.entrySet()) {
      String value = option.getValue();
      return switch (option.getKey()) {
        case "command" -> new Agent.Command(words(value));
        case "url" -> new Agent.Http(value);
        case "job-template" -> new Agent.Kubernetes(file(value));
        default ->
            throw new IllegalArgumentException("there is no setting agent." + option.getKey());
      };
    }
    return new Agent.Prompt();
  }

  /** A JSON array of words, or words parted by spaces. */
  private static List<String> words(String text) {
    if (!text.stripLeading().startsWith("[")) {
      return List.of(text.strip().split("\\s+"));
    }
    List<String> words = new ArrayList<>();
    try {
      for (JsonNode word : Json.mapper().readTree(text)) {
        words.add(word.asText());
      }
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("agent.command is no array of texts: " + text, e);
    }
    return words;
  }

  private static Path file(String name) {
    Path file = Path.of(name).toAbsolutePath();
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException("agent.job-template is no file: " + file);
    }
    return file;
  }
}
