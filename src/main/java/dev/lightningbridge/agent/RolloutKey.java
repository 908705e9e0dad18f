package dev.lightningbridge.agent;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.common.Sha256;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Names a rollout within its run, the same when the run is resumed.
 *
 * @param hash SHA-256 of agent, model, prompt and input, in hexadecimal
 * @param ordinal how many identical rollouts the run began before
 */
public record RolloutKey(String hash, int ordinal) {
  /** What keeps the rollout's calls apart from those of others. */
  String scope() {
    return hash + "/" + ordinal;
  }

  /** Numbers the identical rollouts of one run. Thread-safe. */
  public static final class Counter {
    private final ConcurrentMap<String, Integer> begun = new ConcurrentHashMap<>();

    RolloutKey next(AgentChoice agent, String model, String prompt, String input) {
      ObjectNode all = Json.mapper().createObjectNode();
      all.set("agent", identity(agent));
      all.put("model", model).put("prompt", prompt).put("input", input);
      String hash = Sha256.hex(Json.write(all));
      return new RolloutKey(hash, begun.merge(hash, 1, Integer::sum) - 1);
    }

    /** How long it may take is no part of what the agent is. */
    private static ObjectNode identity(AgentChoice agent) {
      ObjectNode identity =
          Json.mapper().createObjectNode().put("kind", agent.getClass().getSimpleName());
      switch (agent) {
        case AgentChoice.Command command ->
            command.words().forEach(identity.withArray("words")::add);
        case AgentChoice.Http http -> identity.put("url", http.url());
        case AgentChoice.JavaClass javaClass -> identity.put("class", javaClass.name());
        case AgentChoice.Agl agl -> identity.put("name", agl.name());
        case AgentChoice.Prompt prompt -> {}
        case AgentChoice.Kubernetes kubernetes -> {}
      }
      return identity;
    }
  }
}
