package dev.lightningbridge.model;

import io.smallrye.faulttolerance.api.Guard;
import io.smallrye.faulttolerance.standalone.Configuration;
import io.smallrye.faulttolerance.standalone.StandaloneFaultTolerance;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Keeps SmallRye's threads, which live as long as the process, from keeping the process alive. */
final class DaemonThreads {
  static {
    Thread starter = Thread.ofPlatform().daemon().start(new Setup());
    try {
      starter.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private DaemonThreads() {}

  /** Has been done once this returns. */
  static void ensure() {}

  /** A class of its own: code of the outer one cannot run before that is initialised. */
  private static final class Setup implements Runnable {
    @Override
    public void run() {
      ExecutorService executor =
          Executors.newCachedThreadPool(
              Thread.ofPlatform().daemon().name("model-timeouts-", 0).factory());
      try {
        StandaloneFaultTolerance.configure((Configuration) () -> executor);
        // The timer's thread is made in here, and so is a daemon as this one is.
        Guard.create().withTimeout().done().build().get(() -> "", String.class);
      } catch (IllegalStateException configuredElsewhere) {
        executor.shutdown();
      }
    }
  }
}
