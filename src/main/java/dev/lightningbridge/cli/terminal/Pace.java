package dev.lightningbridge.cli.terminal;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.LongSupplier;

/** How fast the steps of a phase get done, by the last of them. */
final class Pace {
  private static final int LAST = 60;
  private static final int FEWEST = 4;
  private static final Duration SHORTEST = Duration.ofSeconds(2);

  private final LongSupplier nanos;
  private final Deque<Long> times = new ArrayDeque<>();

  Pace(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** A phase begins. */
  void begin() {
    times.clear();
    times.add(nanos.getAsLong());
  }

  /** A step got done. */
  void step() {
    times.add(nanos.getAsLong());
    if (times.size() > LAST) {
      times.removeFirst();
    }
  }

  /** How long so many further steps will take; empty where that cannot be said yet. */
  Optional<Duration> left(int steps) {
    if (steps <= 0 || times.size() <= FEWEST) {
      return Optional.empty();
    }
    Duration span = Duration.ofNanos(nanos.getAsLong() - times.getFirst());
    return span.compareTo(SHORTEST) < 0
        ? Optional.empty()
        : Optional.of(span.multipliedBy(steps).dividedBy(times.size() - 1L));
  }
}
