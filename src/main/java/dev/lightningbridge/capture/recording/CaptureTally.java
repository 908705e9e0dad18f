package dev.lightningbridge.capture.recording;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** What became of an agent's calls since the server's start. Thread-safe. */
public final class CaptureTally {
  private final LongAdder recorded = new LongAdder();
  private final LongAdder waiting = new LongAdder();
  private final Map<Unrecorded, LongAdder> unrecorded = new EnumMap<>(Unrecorded.class);
  private final AtomicLong lastAt = new AtomicLong();
  private final AtomicReference<@Nullable String> failure = new AtomicReference<>();

  CaptureTally() {
    for (Unrecorded why : Unrecorded.values()) {
      unrecorded.put(why, new LongAdder());
    }
  }

  /**
   * As it stands.
   *
   * @param recorded written and committed
   * @param unrecorded by reason, those that there were
   * @param lastAt when one was written last, in milliseconds since the epoch; null for never
   * @param failure why a writing failed last; null since one went well
   */
  public record Standing(
      long recorded,
      long waiting,
      Map<String, Long> unrecorded,
      @Nullable Long lastAt,
      @Nullable String failure) {}

  public Standing standing() {
    Map<String, Long> by = new TreeMap<>();
    unrecorded().forEach((why, count) -> by.put(why.word(), count));
    long at = lastAt.get();
    return new Standing(
        recorded.sum(), Math.max(0, waiting.sum()), by, at == 0 ? null : at, failure.get());
  }

  /** How many were not recorded, by reason; those reasons that there were. */
  public Map<Unrecorded, Long> unrecorded() {
    Map<Unrecorded, Long> by = new EnumMap<>(Unrecorded.class);
    unrecorded.forEach(
        (why, count) -> {
          if (count.sum() > 0) {
            by.put(why, count.sum());
          }
        });
    return by;
  }

  /** A call is not recorded. */
  public void count(Unrecorded why) {
    count(why, 1);
  }

  /** Counts some that are not recorded. */
  public void count(Unrecorded why, int calls) {
    Objects.requireNonNull(unrecorded.get(why)).add(calls);
  }

  void queued() {
    waiting.increment();
  }

  void taken(int calls) {
    waiting.add(-calls);
  }

  void recorded(int calls, long at) {
    recorded.add(calls);
    failure.set(null);
    if (calls > 0) {
      lastAt.set(at);
    }
  }

  void failed(int calls, String why) {
    count(Unrecorded.NOT_WRITTEN, calls);
    failure.set(why);
  }
}
