package dev.lightningbridge.agent;

import dev.lightningbridge.dataset.Failure;

/** A program or service of the user's that is the agent gave no output; no model's failure. */
public final class AgentException extends Exception {
  private static final long serialVersionUID = 1L;

  /** What happened. The first four are the agent's own failures, the others its surroundings'. */
  public enum Kind {
    EXIT_STATUS("Run the command by itself, with the input on standard input, and mend it."),
    BAD_ANSWER("See docs/guides/agents.md for what an agent answers, and mend the agent."),
    ROLLOUT_FAILED(
        "The log of the agent's runner says more; run the agent by itself, and mend it."),
    OUTPUT_TOO_LONG("Have the agent answer with its output alone, and log to standard error."),
    AGENT_TIMED_OUT("Raise --agent-timeout if the agent needs longer for a task."),
    AGENT_NOT_STARTED("Check --agent-command, --agent-class and --agent-path."),
    AGENT_UNREACHABLE(
        "Check that the agent's service, or its runner, runs, and --agent-url or --agent.");

    private final String remedy;

    Kind(String remedy) {
      this.remedy = remedy;
    }
  }

  private final Kind kind;

  /**
   * @param message what happened to which agent, without a final stop
   */
  public AgentException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }

  /** What it is to a rollout. */
  public Failure failure() {
    return new Failure(kind.name(), "worker", String.valueOf(getMessage()), kind.remedy);
  }
}
