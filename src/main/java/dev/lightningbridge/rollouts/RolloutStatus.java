package dev.lightningbridge.rollouts;

import java.util.List;
import java.util.Locale;

/** Where a rollout stands, in agentlightning's words. */
public enum RolloutStatus {
  /** Waits for its first runner. */
  QUEUING,
  /** A runner took it. */
  PREPARING,
  /** Its first span has come. */
  RUNNING,
  FAILED,
  SUCCEEDED,
  CANCELLED,
  /** An attempt failed, and the rollout waits for the next one. */
  REQUEUING;

  /** Those that wait for a runner. */
  static final List<RolloutStatus> WAITING = List.of(QUEUING, REQUEUING);

  /** As agentlightning writes it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether it waits for a runner. */
  public boolean isWaiting() {
    return WAITING.contains(this);
  }

  public boolean isFinished() {
    return this == FAILED || this == SUCCEEDED || this == CANCELLED;
  }

  /**
   * That of a word.
   *
   * @throws dev.lightningbridge.common.BridgeException LB-8202 where it is none
   */
  static RolloutStatus of(String word) {
    return RolloutError.constant(values(), RolloutStatus::word, "status", word);
  }
}
