package dev.lightningbridge.model;

import dev.lightningbridge.common.Cancellation;

/**
 * Interrupts the thread that made it when the cancellation is requested, until it is closed: never
 * later, and without leaving an interrupt behind.
 */
final class InterruptOnRequest implements AutoCloseable {
  private final Thread thread = Thread.currentThread();
  private final Cancellation.Registration registration;
  private boolean closed;
  private boolean interrupted;

  InterruptOnRequest(Cancellation cancellation) {
    registration = cancellation.onRequest(this::interrupt);
  }

  private synchronized void interrupt() {
    if (!closed) {
      interrupted = true;
      thread.interrupt();
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    registration.close();
    if (interrupted) {
      Thread.interrupted();
    }
  }
}
