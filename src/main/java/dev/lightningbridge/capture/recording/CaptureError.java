package dev.lightningbridge.capture.recording;

import dev.lightningbridge.common.ErrorCode;
import dev.lightningbridge.common.ExitCode;

/** What can be wrong with the capture of applications' calls: LB-8101 to LB-8199. */
public enum CaptureError implements ErrorCode {
  SETTING_UNUSABLE("LB-8101", ExitCode.USAGE, "A setting of a captured agent cannot be used."),
  NO_SUCH_AGENT("LB-8102", ExitCode.BAD_INPUT, "No captured agent has that name."),
  NO_SUCH_PROMPT("LB-8103", ExitCode.BAD_INPUT, "The agent has no such prompt."),
  SCORE_UNCLEAR("LB-8104", ExitCode.BAD_INPUT, "It takes a score, or thumbs, and not both."),
  ENDPOINT_SILENT("LB-8105", ExitCode.FAILED, "The endpoint of a captured agent did not answer."),
  ENDPOINT_MISSING(
      "LB-8106", ExitCode.BAD_INPUT, "The captured agent has no endpoint that calls can go to.");

  private final Meaning meaning;

  CaptureError(String id, ExitCode exit, String summary) {
    this.meaning = new Meaning(id, exit, summary);
  }

  @Override
  public Meaning meaning() {
    return meaning;
  }
}
