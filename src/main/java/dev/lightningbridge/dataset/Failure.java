package dev.lightningbridge.dataset;

import com.fasterxml.jackson.annotation.JsonCreator;

/**
 * Why a rollout has no output, or no reward.
 *
 * @param kind the kind of the call that failed, such as TIMEOUT: failures are counted by it
 * @param role whose call it was, in lower case: worker, which is the agent's, judge, or grader,
 *     which is one outside of this program
 * @param cause what happened and where, without a final stop
 * @param remedy what a person can do about it; empty where nothing is known
 */
public record Failure(String kind, String role, String cause, String remedy) {
  /** The share of an evaluation's rollouts, or of a judge's test, that may fail. */
  public static final double TOLERATED = 0.10;

  private static final String UNKNOWN = "UNKNOWN";

  @JsonCreator
  public Failure {}

  /** A failure of which there is only a text, as former versions kept them. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static Failure ofText(String cause) {
    return new Failure(UNKNOWN, "worker", cause, "");
  }
}
