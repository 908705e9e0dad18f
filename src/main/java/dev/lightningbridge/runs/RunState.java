package dev.lightningbridge.runs;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Where a run stands. */
public enum RunState {
  /** Waits for a server to run it. */
  QUEUED,
  RUNNING,
  /** Its winner is a proposal that nobody decided yet. */
  WAITING_FOR_APPROVAL,
  PROMOTED,
  /**
   * The agent stays as it is: the verdict was HOLD, a person rejected the proposal, or another one
   * took its place.
   */
  HELD,
  FAILED,
  CANCELLED,
  /** Its process ended before the run did. */
  INTERRUPTED;

  /** As in bridge.db and in JSON. */
  @JsonValue
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static RunState of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }
}
