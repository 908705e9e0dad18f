package dev.lightningbridge.demo;

import java.util.SplittableRandom;

/** The time of a session that is being played, in milliseconds since the epoch. */
final class PlayTime {
  private final SplittableRandom random;
  private long now;

  PlayTime(long begin, SplittableRandom random) {
    this.now = begin;
    this.random = random;
  }

  long now() {
    return now;
  }

  /** Passes, at least and at most so many milliseconds. */
  void passes(long least, long most) {
    now += random.nextLong(least, most);
  }
}
