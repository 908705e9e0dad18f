package dev.lightningbridge.capture.recording;

import dev.lightningbridge.corpus.CapturedCall;
import org.jspecify.annotations.Nullable;

/** What can become an attempt: a call that passed, or one that a span tells of. */
public interface Recordable {
  CapturedAgent agent();

  /** What calls of one task have in common; null for a call by itself. */
  @Nullable String traceId();

  /** The memory that it takes, about. */
  long bytes();

  /**
   * The call, with every text masked.
   *
   * @throws Unreadable where it cannot be recorded
   */
  CapturedCall read() throws Unreadable;
}
