package dev.lightningbridge.lightning;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Tells whether a worker still lives and gets on. */
final class WorkerWatch {
  private final WorkerSettings settings;
  private final LongSupplier nanoTime;
  private final long begun;
  private long heard;
  private long progressed;
  private Duration pythonSilent = Duration.ZERO;
  private boolean started;
  private @Nullable Long cancelledAt;

  WorkerWatch(WorkerSettings settings, LongSupplier nanoTime) {
    this.settings = settings;
    this.nanoTime = nanoTime;
    this.begun = nanoTime.getAsLong();
    this.heard = begun;
    this.progressed = begun;
  }

  /** The process is there, and Python has called it last so long ago. */
  void heartbeat(long pythonSilentMs) {
    heard = nanoTime.getAsLong();
    pythonSilent = Duration.ofMillis(pythonSilentMs);
  }

  void progress() {
    heard = nanoTime.getAsLong();
    progressed = heard;
  }

  void started() {
    started = true;
  }

  void cancelled() {
    cancelledAt = nanoTime.getAsLong();
  }

  /** Why the worker is to be given up; null while it is well. */
  @Nullable String problem(int rolloutsRunning) {
    if (cancelledAt != null && since(cancelledAt).compareTo(settings.cancel()) > 0) {
      return "it did not end within " + words(settings.cancel()) + " of being asked to";
    }
    if (!started && since(begun).compareTo(settings.start()) > 0) {
      return "Python was not ready within " + words(settings.start());
    }
    if (since(heard).compareTo(settings.silence()) > 0) {
      return "it gave no sign of life for " + words(settings.silence());
    }
    if (started && pythonSilent.compareTo(settings.silence()) > 0) {
      return "Python gave no sign of life for " + words(settings.silence());
    }
    if (rolloutsRunning == 0 && since(progressed).compareTo(settings.standstill()) > 0) {
      return "nothing happened in it for " + words(settings.standstill());
    }
    return null;
  }

  private Duration since(long moment) {
    return Duration.ofNanos(nanoTime.getAsLong() - moment);
  }

  private static String words(Duration duration) {
    return duration.toMillis() % 1000 == 0
        ? duration.toSeconds() + " s"
        : duration.toMillis() + " ms";
  }
}
