package dev.lightningbridge.capture.recording;

import org.jspecify.annotations.Nullable;

/** A call cannot be recorded. */
public final class Unreadable extends Exception {
  private static final long serialVersionUID = 1L;

  private final Unrecorded why;

  Unreadable(Unrecorded why, @Nullable Throwable cause) {
    super(why.word(), cause);
    this.why = why;
  }

  public Unrecorded why() {
    return why;
  }
}
