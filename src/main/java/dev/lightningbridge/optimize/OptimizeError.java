package dev.lightningbridge.optimize;

import dev.lightningbridge.common.ErrorCode;
import dev.lightningbridge.common.ExitCode;

/** What can end a search or a verdict. */
public enum OptimizeError implements ErrorCode {
  TOO_MANY_TEST_FAILURES(
      "LB-5001",
      ExitCode.FAILED,
      "More than a tenth of the sealed test's tasks had no result because model, network or grader"
          + " failed.");

  private final String id;
  private final ExitCode exit;
  private final String summary;

  OptimizeError(String id, ExitCode exit, String summary) {
    this.id = id;
    this.exit = exit;
    this.summary = summary;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public ExitCode exit() {
    return exit;
  }

  @Override
  public String summary() {
    return summary;
  }
}
