package dev.lightningbridge.cli.options;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.ErrorCode;
import dev.lightningbridge.common.ExitCode;

/** What can go wrong on the command line itself. */
public enum CliError implements ErrorCode {
  WRONG_USE("LB-9001", ExitCode.USAGE, "The command was called with words it does not know."),
  UNEXPECTED("LB-9002", ExitCode.FAILED, "An error nobody foresaw; its trace says more."),
  CANCELLED("LB-9003", ExitCode.CANCELLED, "The command was cancelled."),
  DISK("LB-9004", ExitCode.FAILED, "A file could not be read or written."),
  MEMORY("LB-9005", ExitCode.FAILED, "There was too little memory."),
  AMBIGUOUS("LB-9006", ExitCode.BAD_INPUT, "A name, or the beginning of an id, fits several."),
  NO_PROMPT("LB-9007", ExitCode.BAD_INPUT, "The run has found no prompt yet.");

  private final Meaning meaning;

  CliError(String id, ExitCode exit, String summary) {
    this.meaning = new Meaning(id, exit, summary);
  }

  @Override
  public Meaning meaning() {
    return meaning;
  }

  /** An option whose value cannot be used. */
  public static BridgeException option(String what, String option) {
    return new BridgeException(WRONG_USE, what, option, "Correct it and try again.");
  }
}
