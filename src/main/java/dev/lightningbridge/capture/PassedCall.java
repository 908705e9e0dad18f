package dev.lightningbridge.capture;

import dev.lightningbridge.capture.recording.CapturedAgent;
import dev.lightningbridge.capture.recording.Exchange;
import dev.lightningbridge.capture.recording.Recorder;
import dev.lightningbridge.capture.recording.Unrecorded;
import java.io.ByteArrayOutputStream;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A call that is passed on, and what is kept of it until it is recorded. Each ends once: recorded,
 * or counted. Used by one event loop.
 */
final class PassedCall {
  /** A longer answer passes, and is not recorded. */
  private static final int MOST_KEPT = 4 << 20;

  private static final int OK = 200;

  private final Recorder recorder;
  private final CapturedAgent agent;
  private final byte[] body;
  private final @Nullable String trace;
  private final long at = System.currentTimeMillis();
  private final long began = System.nanoTime();
  private final ByteArrayOutputStream answer = new ByteArrayOutputStream();
  private @Nullable String attemptId;
  private String contentType = "";
  private boolean tooLong;

  PassedCall(Recorder recorder, CapturedAgent agent, byte[] body, @Nullable String trace) {
    this.recorder = recorder;
    this.agent = agent;
    this.body = body;
    this.trace = trace;
  }

  byte[] body() {
    return body;
  }

  /** Decides whether it is to be recorded. */
  void begin() {
    if (agent.enabled()) {
      if (CallTrace.isIn(agent.share(), trace)) {
        attemptId = UUID.randomUUID().toString();
      } else {
        count(Unrecorded.NOT_IN_SHARE);
      }
    }
  }

  /** The id under which it will be recorded; empty where it will not. */
  Optional<String> attemptId() {
    return Optional.ofNullable(attemptId);
  }

  void answered(int status, String type) {
    contentType = type;
    if (status != OK) {
      failed();
    }
  }

  /** The endpoint gave no answer that counts. */
  void failed() {
    leave(Unrecorded.ENDPOINT_FAILED);
  }

  /** A piece of the answer. */
  void keep(byte[] piece) {
    if (attemptId == null || tooLong) {
      return;
    }
    if (answer.size() + piece.length > MOST_KEPT) {
      tooLong = true;
      answer.reset();
    } else {
      answer.writeBytes(piece);
    }
  }

  /** The answer has passed whole. */
  void ended() {
    String id = attemptId;
    if (tooLong) {
      leave(Unrecorded.TOO_LONG);
    } else if (id != null) {
      attemptId = null;
      recorder.take(
          new Exchange(
              agent,
              id,
              trace,
              body,
              answer.toByteArray(),
              contentType,
              at,
              TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began)));
    }
  }

  /** The answer has not passed whole. */
  void brokenOff() {
    leave(Unrecorded.BROKEN_OFF);
  }

  private void leave(Unrecorded why) {
    if (attemptId != null) {
      attemptId = null;
      count(why);
    }
  }

  private void count(Unrecorded why) {
    recorder.tally(agent).count(why);
  }
}
