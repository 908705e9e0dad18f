package dev.lightningbridge.agent;

import dev.lightningbridge.common.BridgeException;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The agents that a server's configuration offers by names: a request runs no other program. */
public record NamedAgents(Map<String, AgentChoice> byName) {
  public static final NamedAgents NONE = new NamedAgents(Map.of());

  public NamedAgents {
    byName = Map.copyOf(byName);
  }

  /**
   * The agent of the name; the prompt alone where none is given.
   *
   * @throws BridgeException LB-4102 where there is none of that name
   */
  public AgentChoice of(@Nullable String name) {
    if (name == null) {
      return new AgentChoice.Prompt();
    }
    AgentChoice agent = byName.get(name);
    if (agent == null) {
      throw new BridgeException(
          AgentError.NOT_CONFIGURED,
          "the server is configured for no agent " + name,
          "agent",
          byName.isEmpty()
              ? "It is configured for none: set lightning-bridge.agents.NAME.command or .url."
              : "Name one of: %s.".formatted(String.join(", ", new TreeSet<>(byName.keySet()))));
    }
    return agent;
  }

  /**
   * Looks whether an agent that was named earlier may be run here.
   *
   * @throws BridgeException LB-4102 where it is none of the configured ones
   */
  public void check(AgentChoice agent) {
    if (!agent.isPrompt() && !byName.containsValue(agent)) {
      throw new BridgeException(
          AgentError.NOT_CONFIGURED,
          "the server is not configured for " + agent.inWords(),
          "lightning-bridge.agents",
          "Configure it there as the run has it, or resume the run on a command line.");
    }
  }
}
