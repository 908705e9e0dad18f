package dev.lightningbridge.common;

/** How a command ends, as the process's exit status. */
public enum ExitCode {
  DONE(0),
  FAILED(1),
  USAGE(2),
  BAD_INPUT(3),
  BUDGET_TOO_SMALL(4),
  CANCELLED(5),
  ENVIRONMENT_MISSING(6);

  private final int status;

  ExitCode(int status) {
    this.status = status;
  }

  public int status() {
    return status;
  }
}
