package dev.lightningbridge.cli.terminal;

import dev.lightningbridge.common.Cancellation;
import dev.lightningbridge.common.ExitCode;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns Ctrl-C and SIGTERM into a clean cancellation: where the command has asked for it, the JVM's
 * end is held up until the command has ended and said its last word.
 */
public final class Interrupts {
  private final Cancellation cancellation = new Cancellation();
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile boolean inOrder;
  private volatile int status = ExitCode.CANCELLED.status();

  /** From here on, an interrupt requests the cancellation and waits as long as the patience. */
  public static Interrupts install(Duration patience) {
    Interrupts interrupts = new Interrupts();
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform().name("interrupt").unstarted(() -> interrupts.on(patience)));
    return interrupts;
  }

  /** The cancellation that an interrupt requests; a command that asks for it ends cleanly. */
  public Cancellation cancellation() {
    inOrder = true;
    return cancellation;
  }

  /** The command has ended: an interrupt that waits for it goes on, with the command's status. */
  public void ended(int exitStatus) {
    status = exitStatus;
    ended.countDown();
  }

  private void on(Duration patience) {
    if (ended.getCount() == 0) {
      return;
    }
    cancellation.request();
    try {
      if (inOrder && !ended.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        System.err.println("The command did not end in time and is broken off.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(status);
  }
}
