package dev.lightningbridge.lightning.rl;

import dev.lightningbridge.agent.AgentChoice;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The overrides of a training by whom they are for: names beginning with {@code agent.} choose the
 * agent, {@code gateway.} and {@code controller.} are settings of those processes, all others are
 * the trainer's.
 *
 * @param agent who plays the rollouts
 * @param trainer Hydra overrides of the trainer, such as {@code actor_rollout_ref.rollout.n}
 * @param gateway Hydra overrides of agl-server; {@code controller} of agl-controller
 */
public record RlOptions(
    AgentChoice agent,
    Map<String, String> trainer,
    Map<String, String> gateway,
    Map<String, String> controller) {

  /** With this agent, unless it is the prompt alone. */
  public RlOptions withAgent(AgentChoice choice) {
    return choice.isPrompt() ? this : new RlOptions(choice, trainer, gateway, controller);
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

  private static AgentChoice agent(Map<String, String> options) {
    if (options.size() > 1) {
      throw new IllegalArgumentException("one agent is wanted, not agent." + options.keySet());
    }
    for (Map.Entry<String, String> option : options.entrySet()) {
      String value = option.getValue();
      return switch (option.getKey()) {
        case "command" -> AgentChoice.Command.of(value, AgentChoice.TIMEOUT_SECONDS);
        case "url" -> new AgentChoice.Http(value, AgentChoice.TIMEOUT_SECONDS);
        case "job-template" -> new AgentChoice.Kubernetes(file(value));
        default ->
            throw new IllegalArgumentException("there is no setting agent." + option.getKey());
      };
    }
    return new AgentChoice.Prompt();
  }

  private static Path file(String name) {
    Path file = Path.of(name).toAbsolutePath();
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException("agent.job-template is no file: " + file);
    }
    return file;
  }
}
