package dev.lightningbridge.agent;

import dev.lightningbridge.common.ErrorCode;
import dev.lightningbridge.common.ExitCode;

/** What can be wrong about an agent that a user named. */
public enum AgentError implements ErrorCode {
  UNUSABLE(
      "LB-4101",
      ExitCode.BAD_INPUT,
      "The agent's command, class, URL or name cannot be used: there is no such program, or no such"
          + " class."),
  NOT_CONFIGURED(
      "LB-4102",
      ExitCode.BAD_INPUT,
      "The server's configuration has no such agent; a request can run no other program.");

  private final Meaning meaning;

  AgentError(String id, ExitCode exit, String summary) {
    this.meaning = new Meaning(id, exit, summary);
  }

  @Override
  public Meaning meaning() {
    return meaning;
  }
}
