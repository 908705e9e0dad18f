package dev.lightningbridge.model;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * When calls may go out to one endpoint. A wait that it asks for holds back all of them; and
 * whenever it had to ask, only half as many go out at the same time as before, with a quarter of a
 * call more for each answer (additive increase, multiplicative decrease, as TCP's). Thread-safe.
 */
final class Traffic {
  private static final double MORE_AN_ANSWER = 0.25;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final int most;
  private double allowed;
  private int underWay;
  private long closedUntil = System.nanoTime();
  private long answers;
  private long lastAnswer = System.nanoTime();

  /**
   * @param most how many calls may be under way at once
   */
  Traffic(int most) {
    this.most = most;
    this.allowed = most;
  }

  /** Waits until a call may go out; it must {@link #leave} again. */
  void enter() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (true) {
        long closed = closedUntil - System.nanoTime();
        if (closed > 0) {
          changed.awaitNanos(closed);
        } else if (underWay >= (int) allowed) {
          changed.await();
        } else {
          underWay++;
          return;
        }
      }
    } finally {
      lock.unlock();
    }
  }

  void leave(boolean answered) {
    lock.lock();
    try {
      underWay--;
      if (answered) {
        answers++;
        lastAnswer = System.nanoTime();
        allowed = Math.min(most, allowed + MORE_AN_ANSWER);
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Lets nothing out for so long.
   *
   * @param fewer whether there were too many
   * @return whether calls were going out until now
   */
  boolean holdBack(long ms, boolean fewer) {
    lock.lock();
    try {
      long now = System.nanoTime();
      boolean open = closedUntil - now <= 0;
      if (open && fewer) {
        allowed = Math.max(1, underWay / 2);
      }
      long until = now + ms * 1_000_000;
      if (until - closedUntil > 0) {
        closedUntil = until;
      }
      return open;
    } finally {
      lock.unlock();
    }
  }

  /** How many calls were answered. */
  long answers() {
    lock.lock();
    try {
      return answers;
    } finally {
      lock.unlock();
    }
  }

  /** For how long no call has been answered, from the first one on, in milliseconds. */
  long silentMs() {
    lock.lock();
    try {
      return (System.nanoTime() - lastAnswer) / 1_000_000;
    } finally {
      lock.unlock();
    }
  }
}
