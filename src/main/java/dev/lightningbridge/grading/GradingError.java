package dev.lightningbridge.grading;

import dev.lightningbridge.common.ErrorCode;
import dev.lightningbridge.common.ExitCode;

/** What can be wrong about tasks, graders and judges. */
public enum GradingError implements ErrorCode {
  UNKNOWN_GRADER("LB-4001", ExitCode.USAGE, "There is no grader of that name."),
  TASK_DOES_NOT_FIT(
      "LB-4002",
      ExitCode.BAD_INPUT,
      "A task lacks the expected output or the checks that the chosen grader compares with."),
  BAD_CHECK("LB-4003", ExitCode.BAD_INPUT, "A task's regular expression or JSON cannot be read."),
  RUNAWAY_PATTERN(
      "LB-4004",
      ExitCode.BAD_INPUT,
      "A task's regular expression needs more steps on an output than is reasonable."),
  TOO_FEW_SCORES(
      "LB-4005", ExitCode.BAD_INPUT, "There are no outputs scored by people to test a judge on."),
  JUDGE_FAILED(
      "LB-4006",
      ExitCode.FAILED,
      "More than a tenth of a judge's test had no readable score because model, network or judge"
          + " failed."),
  JUDGE_BUDGET(
      "LB-4007", ExitCode.BUDGET_TOO_SMALL, "The budget does not pay for a test of the judge."),
  GRADER_UNUSABLE(
      "LB-4008",
      ExitCode.BAD_INPUT,
      "The grader's command or URL cannot be used: there is no such program, or it is no URL."),
  GRADER_NOT_CONFIGURED(
      "LB-4009",
      ExitCode.BAD_INPUT,
      "The server's configuration names no such grader, and a server asks no other.");

  private final Meaning meaning;

  GradingError(String id, ExitCode exit, String summary) {
    this.meaning = new Meaning(id, exit, summary);
  }

  @Override
  public Meaning meaning() {
    return meaning;
  }
}
