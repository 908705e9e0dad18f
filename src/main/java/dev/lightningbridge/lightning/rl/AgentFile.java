package dev.lightningbridge.lightning.rl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lightningbridge.agent.AgentChoice;
import dev.lightningbridge.agent.JavaClassCommand;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.dataset.Opening;
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
      AgentChoice agent,
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
            .put("rewardToken", rewards.token());
    switch (agent) {
      case AgentChoice.Command command -> command(json, command);
      case AgentChoice.JavaClass javaClass -> command(json, JavaClassCommand.of(javaClass));
      case AgentChoice.Http http ->
          json.put("url", http.url()).put("seconds", http.timeoutSeconds());
      case AgentChoice.Agl agl -> throw notTrained(agl);
      case AgentChoice.Prompt prompt -> {}
      case AgentChoice.Kubernetes kubernetes -> {}
    }
    ObjectNode inputs = json.putObject("tasks");
    ObjectNode openings = json.putObject("openings");
    for (Task task : tasks) {
      if (task.shape() == null) {
        inputs.put(task.id(), task.input());
      } else {
        inputs.set(task.id(), Json.read(task.shape().json(), JsonNode.class));
        openings.set(task.id(), Json.mapper().valueToTree(Opening.of(systemPrompt, task)));
      }
    }
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, Json.write(json), StandardOpenOption.WRITE);
  }

  private static void command(ObjectNode json, AgentChoice.Command command) {
    command.words().forEach(json.withArray("command")::add);
    json.put("folder", command.folder().toString()).put("seconds", command.timeoutSeconds());
  }

  /** The class that the controller starts. */
  static String agentClass(AgentChoice agent) {
    return "lightning_bridge.rl_agents."
        + switch (agent) {
          case AgentChoice.Prompt prompt -> "PromptAgent";
          case AgentChoice.Command command -> "CommandAgent";
          case AgentChoice.JavaClass javaClass -> "CommandAgent";
          case AgentChoice.Http http -> "HttpAgent";
          case AgentChoice.Agl agl -> throw notTrained(agl);
          case AgentChoice.Kubernetes kubernetes -> "PromptAgent";
        };
  }

  private static IllegalStateException notTrained(AgentChoice agent) {
    return new IllegalStateException(agent.inWords() + " is started by nobody");
  }
}
