package dev.lightningbridge.optimize.apo;

import dev.lightningbridge.common.ErrorCode;
import dev.lightningbridge.common.ExitCode;

/** What can end a search of the Java engine before its time. */
public enum SearchError implements ErrorCode {
  NO_TASKS("LB-5201", ExitCode.BAD_INPUT, "There are no tasks to search with."),
  NO_CRITIC_OR_EDITOR(
      "LB-5203", ExitCode.FAILED, "The model that writes critiques or edits gives no answers.");

  private final Meaning meaning;

  SearchError(String id, ExitCode exit, String summary) {
    this.meaning = new Meaning(id, exit, summary);
  }

  @Override
  public Meaning meaning() {
    return meaning;
  }
}
