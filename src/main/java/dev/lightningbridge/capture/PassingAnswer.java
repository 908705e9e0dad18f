package dev.lightningbridge.capture;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Passes an answer's pieces to the caller as they come, and asks for more only when the caller has
 * taken them. Whatever happens it happens on the response's event loop.
 */
final class PassingAnswer implements Flow.Subscriber<List<ByteBuffer>> {
  private final HttpServerResponse response;
  private final Context eventLoop;
  private final PassedCall call;
  private Flow.@Nullable Subscription subscription;
  private boolean over;

  PassingAnswer(HttpServerResponse response, Context eventLoop, PassedCall call) {
    this.response = response;
    this.eventLoop = eventLoop;
    this.call = call;
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    eventLoop.runOnContext(
        now -> {
          subscription = given;
          if (response.closed()) {
            gone(given);
          } else {
            response.closeHandler(closed -> gone(given));
            response.exceptionHandler(e -> gone(given));
            given.request(1);
          }
        });
  }

  @Override
  public void onNext(List<ByteBuffer> pieces) {
    Buffer whole = Buffer.buffer();
    for (ByteBuffer piece : pieces) {
      byte[] bytes = new byte[piece.remaining()];
      piece.get(bytes);
      whole.appendBytes(bytes);
    }
    eventLoop.runOnContext(now -> pass(whole));
  }

  private void pass(Buffer piece) {
    if (over) {
      return;
    }
    call.keep(piece.getBytes());
    response.write(piece);
    Flow.Subscription from = subscription;
    if (from == null) {
      return;
    }
    if (response.writeQueueFull()) {
      response.drainHandler(drained -> from.request(1));
    } else {
      from.request(1);
    }
  }

  @Override
  public void onComplete() {
    eventLoop.runOnContext(
        now -> {
          if (!over) {
            over = true;
            response.end();
            call.ended();
          }
        });
  }

  /** The caller must see that the answer is not whole: its connection ends. */
  @Override
  public void onError(Throwable failure) {
    eventLoop.runOnContext(
        now -> {
          if (!over) {
            over = true;
            call.brokenOff();
            response.reset();
          }
        });
  }

  private void gone(Flow.Subscription from) {
    if (!over) {
      over = true;
      call.brokenOff();
      from.cancel();
    }
  }
}
