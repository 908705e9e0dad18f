package dev.lightningbridge.capture.recording;

import dev.lightningbridge.imports.OtlpLog;
import dev.lightningbridge.imports.OtlpPairs;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Gives the recorder the calls that spans tell of, with what came in logs of them. Thread-safe.
 *
 * <p>A call whose span does not say what was asked and answered is held until its logs have said
 * it, for 10 seconds at most; then the recorder counts it by what it lacks. Its exporter was told
 * by then that it is taken: where the recorder has no room for it, that is counted, and a call that
 * is held when the server ends is lost, since it could not have been recorded without its logs.
 * Logs wait for their span for 10 minutes, since the question is told when a call begins and the
 * span when it ends. What waits is bounded in bytes: above it the oldest calls wait no longer, and
 * the oldest logs are forgotten.
 */
public final class JoinedCalls implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(JoinedCalls.class.getName());

  /** How long a call waits for its logs at most, and a score among logs for its call. */
  public static final Duration OF_CALLS = Duration.ofSeconds(10);

  static final Duration OF_LOGS = Duration.ofMinutes(10);

  /** Of calls, and as much of logs; the server has 256 MB for all by itself. */
  private static final long MOST_BYTES = 24L << 20;

  private static final Duration TICK = Duration.ofMillis(500);

  private final Recorder recorder;
  private final Clock clock;
  private final OtlpPairs<ToldCall> pairs = new OtlpPairs<>(MOST_BYTES);
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition released = lock.newCondition();
  private final Condition ended = lock.newCondition();
  private boolean closed;

  public JoinedCalls(Recorder recorder, Clock clock) {
    this.recorder = recorder;
    this.clock = clock;
    Thread.ofPlatform().daemon().name("capture-held").start(this::run);
  }

  /** Takes a call; false where the recorder has no room for it, which is counted. */
  public boolean take(ToldCall call) {
    return record(() -> pairs.call(call, clock.millis())).stream()
        .noneMatch(refused -> refused.key().equals(call.key()));
  }

  /** Takes what an agent's logs tell, which came together. */
  public void take(CapturedAgent agent, List<OtlpLog> logs) {
    record(() -> pairs.logs(agent.name(), logs, clock.millis()));
  }

  /** Waits until no call of these traces is held, for as long as calls are held at most. */
  public void settle(CapturedAgent agent, Collection<String> traces) {
    long left = OF_CALLS.plus(TICK).toNanos();
    lock.lock();
    try {
      while (left > 0 && traces.stream().anyMatch(trace -> pairs.holds(agent.name(), trace))) {
        left = released.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    while (!isClosed(TICK)) {
      try {
        release();
      } catch (RuntimeException e) {
        LOG.log(System.Logger.Level.ERROR, "held calls could not be recorded", e);
      }
    }
  }

  /** Waits for so long, unless it is closed before; tells whether it is. */
  private boolean isClosed(Duration patience) {
    long left = patience.toNanos();
    lock.lock();
    try {
      while (!closed && left > 0) {
        left = ended.awaitNanos(left);
      }
      return closed;
    } catch (InterruptedException e) {
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Records what was held for long enough. */
  void release() {
    long now = clock.millis();
    record(() -> pairs.before(now - OF_CALLS.toMillis(), now - OF_LOGS.toMillis()));
  }

  /** Has calls recorded that wait no longer; gives those that the recorder has no room for. */
  private List<ToldCall> record(Supplier<List<ToldCall>> work) {
    lock.lock();
    try {
      // Who waits for a call goes on when the recorder has it, as the lock is free then.
      List<ToldCall> refused = work.get().stream().filter(ready -> !recorder.take(ready)).toList();
      released.signalAll();
      return refused;
    } finally {
      lock.unlock();
    }
  }

  /** No call is given to the recorder from now on because its time is over. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      ended.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
