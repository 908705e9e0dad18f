package dev.lightningbridge.server;

import dev.lightningbridge.agent.AgentChoice;
import dev.lightningbridge.agent.AgentError;
import dev.lightningbridge.agent.NamedAgents;
import dev.lightningbridge.common.BridgeException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The agents that the server's configuration names. */
public final class ConfiguredAgents {
  private ConfiguredAgents() {}

  /**
   * All of them.
   *
   * @throws BridgeException LB-4101 where it is not said what one is
   */
  public static NamedAgents of(ServerSettings settings) {
    Map<String, AgentChoice> all = new HashMap<>();
    settings.agents().forEach((name, agent) -> all.put(name, choice(name, agent)));
    settings
        .agl()
        .forEach(
            (name, agl) -> {
              if (agl.enabled()) {
                all.put(AgentChoice.Agl.PREFIX + name, new AgentChoice.Agl(name, agl.timeout()));
              }
            });
    return new NamedAgents(all);
  }

  private static AgentChoice choice(String name, ServerSettings.NamedAgent agent) {
    if (agent.command().isPresent()) {
      return AgentChoice.Command.of(agent.command().get(), agent.timeout());
    }
    if (agent.url().isPresent()) {
      return new AgentChoice.Http(agent.url().get(), agent.timeout());
    }
    if (agent.type().isPresent()) {
      return new AgentChoice.JavaClass(
          agent.type().get(), agent.path().orElse(List.of()), agent.timeout());
    }
    throw new BridgeException(
        AgentError.UNUSABLE,
        "it is not said what the agent %s is".formatted(name),
        "lightning-bridge.agents." + name,
        "Set its command, url or class.");
  }
}
