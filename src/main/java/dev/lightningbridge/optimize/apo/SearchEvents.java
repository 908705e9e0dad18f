package dev.lightningbridge.optimize.apo;

import dev.lightningbridge.optimize.RunEvent;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Tells the listener one event at a time, from whatever thread. After the end of the search nothing
 * is told: a call that was under way when the run was cancelled may still come back.
 */
final class SearchEvents implements RunEvent.Listener, AutoCloseable {
  private final RunEvent.Listener listener;
  private final ReentrantLock lock = new ReentrantLock();
  private boolean closed;

  SearchEvents(RunEvent.Listener listener) {
    this.listener = listener;
  }

  @Override
  public void on(RunEvent event) {
    lock.lock();
    try {
      if (!closed) {
        listener.on(event);
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
    } finally {
      lock.unlock();
    }
  }
}
