package dev.lightningbridge.rollouts;

import java.util.Locale;

/** Where a runner's attempt at a rollout stands, in agentlightning's words. */
public enum AttemptStatus {
  PREPARING,
  RUNNING,
  FAILED,
  SUCCEEDED,
  /** Nothing was heard of it for longer than the rollout allows. */
  UNRESPONSIVE,
  /** It took longer than the rollout allows. */
  TIMEOUT;

  /** As agentlightning writes it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * That of a word.
   *
   * @throws dev.lightningbridge.common.BridgeException LB-8202 where it is none
   */
  static AttemptStatus of(String word) {
    return RolloutError.constant(values(), AttemptStatus::word, "status", word);
  }

  /** What becomes of a rollout whose last attempt is the number-th, and stands here. */
  RolloutStatus ofRollout(int number, RetryRules rules) {
    return switch (this) {
      case PREPARING -> RolloutStatus.PREPARING;
      case RUNNING -> RolloutStatus.RUNNING;
      case SUCCEEDED -> RolloutStatus.SUCCEEDED;
      case FAILED, UNRESPONSIVE, TIMEOUT ->
          rules.retryOn().contains(this) && number < rules.maxAttempts()
              ? RolloutStatus.REQUEUING
              : RolloutStatus.FAILED;
    };
  }
}
