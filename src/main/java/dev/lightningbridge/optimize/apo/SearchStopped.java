package dev.lightningbridge.optimize.apo;

import dev.lightningbridge.optimize.OptimizationResult.StopReason;

/** The search ends cleanly, before its last step. */
final class SearchStopped extends Exception {
  private static final long serialVersionUID = 1L;

  private final StopReason reason;

  SearchStopped(StopReason reason) {
    super(reason.toString());
    this.reason = reason;
  }

  StopReason reason() {
    return reason;
  }
}
