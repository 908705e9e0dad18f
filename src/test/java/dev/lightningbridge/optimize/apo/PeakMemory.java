package dev.lightningbridge.optimize.apo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * The most memory that this process, and all processes that it started, were seen to hold (resident
 * set, looked at ten times a second). Linux only; 0 elsewhere.
 */
final class PeakMemory implements AutoCloseable {
  private static final long EVERY_MS = 100;

  private final AtomicLong here = new AtomicLong();
  private final AtomicLong children = new AtomicLong();
  private final Thread watcher;

  PeakMemory() {
    watcher = Thread.ofPlatform().daemon().start(this::watch);
  }

  /** Megabytes of this process: the searches and the sandbox. */
  long here() {
    return here.get() >> 10;
  }

  /** Megabytes of the processes that it started, together. */
  long children() {
    return children.get() >> 10;
  }

  private void watch() {
    try {
      while (true) {
        here.accumulateAndGet(kilobytes(ProcessHandle.current()), Math::max);
        long others = ProcessHandle.current().descendants().mapToLong(PeakMemory::kilobytes).sum();
        children.accumulateAndGet(others, Math::max);
        Thread.sleep(EVERY_MS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static long kilobytes(ProcessHandle process) {
    try (Stream<String> lines = Files.lines(Path.of("/proc/" + process.pid() + "/status"))) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .sum();
    } catch (IOException | java.io.UncheckedIOException e) {
      return 0; // it has ended
    }
  }

  @Override
  public void close() {
    watcher.interrupt();
  }
}
