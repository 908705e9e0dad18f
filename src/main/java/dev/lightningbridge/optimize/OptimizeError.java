package dev.lightningbridge.optimize;

import dev.lightningbridge.common.ErrorCode;
import dev.lightningbridge.common.ExitCode;

/** What can end a search or a verdict. */
public enum OptimizeError implements ErrorCode {
  TOO_MANY_FAILURES(
      "LB-5001",
      ExitCode.FAILED,
      "More than a tenth of an evaluation's rollouts, or one after the other, had no result."),
  UNREADABLE_KEEP("LB-5002", ExitCode.USAGE, "A regular expression for lines to keep is wrong."),
  PROMPT_UNFIT(
      "LB-5003", ExitCode.BAD_INPUT, "A given prompt lacks what must stay, or is too long.");

  private final Meaning meaning;

  OptimizeError(String id, ExitCode exit, String summary) {
    this.meaning = new Meaning(id, exit, summary);
  }

  @Override
  public Meaning meaning() {
    return meaning;
  }
}
