package dev.lightningbridge.runs;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.runs.ending.RunResult;
import dev.lightningbridge.runs.request.OptimizeRequest;
import dev.lightningbridge.runs.request.RunError;
import org.jspecify.annotations.Nullable;

/**
 * A run as bridge.db holds it.
 *
 * @param baselineId the agent version that the run started from; {@code baselinePrompt} its prompt
 *     at that time
 * @param sandbox whether a simulated model answered
 * @param requestJson the {@link OptimizeRequest}
 * @param resultJson the {@link RunResult}; null until the run has one
 * @param error the message of a failed run
 * @param createdAt milliseconds since the epoch, as {@code finishedAt}
 */
public record StoredRun(
    String id,
    RunState state,
    String engine,
    String campPath,
    String sessionId,
    String lineageId,
    String baselineId,
    String baselinePrompt,
    long seed,
    boolean sandbox,
    String requestJson,
    @Nullable String resultJson,
    @Nullable String error,
    long createdAt,
    @Nullable Long finishedAt) {
  /** Whether the run can go on: it was broken off, failed, or was cancelled. */
  public boolean isResumable() {
    return finishedAt == null || state == RunState.FAILED || state == RunState.CANCELLED;
  }

  /**
   * @param remedy what to do instead
   * @throws BridgeException where the run cannot go on
   */
  public void requireResumable(String remedy) {
    if (!isResumable()) {
      throw new BridgeException(
          RunError.RUN_ENDED,
          "the run has ended: it is " + state.text().replace('_', ' '),
          id,
          remedy);
    }
  }
}
