package dev.lightningbridge.server;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Work for a request that may wait, which the event loop must not. */
public final class BesideLoop {
  private BesideLoop() {}

  /**
   * Does the work on a virtual thread, and what follows from it on the event loop again. Called on
   * an event loop.
   *
   * @param work fails with nothing: its failures are a result
   */
  public static <T> void run(Vertx vertx, Supplier<T> work, Consumer<T> then) {
    Context eventLoop = vertx.getOrCreateContext();
    Thread.startVirtualThread(
        () -> {
          T result = work.get();
          eventLoop.runOnContext(now -> then.accept(result));
        });
  }
}
