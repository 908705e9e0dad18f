package dev.lightningbridge.common;

import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;

/** A sticky request to stop cleanly. Thread-safe; a request that comes early is not lost. */
public final class Cancellation {
  private final List<Runnable> actions = new CopyOnWriteArrayList<>();
  private volatile boolean requested;

  /** Asks for the stop and runs the registered actions; a second request does nothing. */
  public synchronized void request() {
    if (requested) {
      return;
    }
    requested = true;
    actions.forEach(Runnable::run);
  }

  public boolean isRequested() {
    return requested;
  }

  /**
   * @throws CancellationException where the stop was asked for
   */
  public void throwIfRequested() {
    if (requested) {
      throw new CancellationException("cancelled");
    }
  }

  /** Runs the action at the request, at once where it was already made; close to unregister. */
  public synchronized Registration onRequest(Runnable action) {
    if (requested) {
      action.run();
      return () -> {};
    }
    actions.add(action);
    return () -> actions.remove(action);
  }

  /** An action's registration. */
  @FunctionalInterface
  public interface Registration extends AutoCloseable {
    @Override
    void close();
  }
}
