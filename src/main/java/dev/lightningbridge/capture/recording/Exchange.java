package dev.lightningbridge.capture.recording;

import dev.lightningbridge.corpus.CapturedCall;
import org.jspecify.annotations.Nullable;

/**
 * A call with its whole answer, as they passed.
 *
 * @param call the request's body
 * @param answer the answer's body, sent with status 200
 * @param at when the call came in, in milliseconds since the epoch
 * @param durationMs from there to the answer's end
 */
@SuppressWarnings("ArrayRecordComponent") // Megabytes that nobody compares.
public record Exchange(
    CapturedAgent agent,
    String attemptId,
    @Nullable String traceId,
    byte[] call,
    byte[] answer,
    String contentType,
    long at,
    long durationMs)
    implements Recordable {
  @Override
  public long bytes() {
    return 500L + call.length + answer.length;
  }

  @Override
  public CapturedCall read() throws Unreadable {
    return ExchangeReader.read(this);
  }
}
