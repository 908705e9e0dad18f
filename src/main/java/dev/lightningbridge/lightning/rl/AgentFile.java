package dev.lightningbridge.lightning.rl;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.dataset.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * What all agents of a job share, as {@code lightning_bridge.rl_agents} reads it: a file that only
 * its owner can read, since it holds the token of the grader's endpoint.
 */
final class AgentFile {
  private AgentFile() {}

  static void write(
      Path file,
      RlOptions.Agent agent,
      String systemPrompt,
      int maxTokens,
      List<Task> tasks,
      RewardEndpoint rewards)
      throws IOException {
    ObjectNode json =
        Json.mapper()
            .createObjectNode()
            .put("systemPrompt", systemPrompt)
            .put("maxTokens", maxTokens)
            .put("rewardUrl", rewards.url().toString())
            .put("rewardToken", rewards.token())
            // Where the command was given, so that paths in it mean what they meant there.
            .put("folder", Path.of("").toAbsolutePath().toString());
    switch (agent) {
      case RlOptions.Agent.Command command ->
          command.words().forEach(json.withArray("command")::add);
      case RlOptions.Agent.Http http -> json.put("url", http.url());
      case RlOptions.Agent.Prompt prompt -> {}
      case RlOptions.Agent.Kubernetes kubernetes -> {}
    }
    ObjectNode inputs = json.putObject("tasks");
    tasks.forEach(task -> inputs.put(task.id(), task.input()));
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, Json.write(json), StandardOpenOption.WRITE);
  }

  /** The class that the controller starts. */
  static String agentClass(RlOptions.Agent agent) {
    return "lightning_bridge.rl_agents."
        + switch (agent) {
          case RlOptions.Agent.Prompt prompt -> "PromptAgent";
          case RlOptions.Agent.Command command -> "CommandAgent";
          case RlOptions.Agent.Http http -> "HttpAgent";
          case RlOptions.Agent.Kubernetes kubernetes -> "PromptAgent";
        };
  }
}
