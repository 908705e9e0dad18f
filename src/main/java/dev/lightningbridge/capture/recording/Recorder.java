package dev.lightningbridge.capture.recording;

import dev.lightningbridge.common.BridgeException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Takes calls from those who answer them, who never wait for it, and has one thread write them.
 * What waits is bounded in number and bytes; what does not fit is counted. Thread-safe.
 */
public final class Recorder implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Recorder.class.getName());
  private static final int MOST_WAITING = 20_000;
  private static final long MOST_BYTES = 48L << 20;
  private static final int BATCH = 1_000;

  /** So long a batch is gathered: readers of the file find it at rest most of the time. */
  private static final long GATHER_NS = TimeUnit.MILLISECONDS.toNanos(500);

  private static final long HOUSEKEEPING_NS = TimeUnit.HOURS.toNanos(1);
  private static final Duration CLOSING = Duration.ofSeconds(10);

  private final Map<String, CapturedAgent> agents;
  private final Map<String, CaptureTally> tallies;
  private final CaptureWriter writer;
  private final Thread thread;

  private final Deque<Recordable> waiting = new ArrayDeque<>();
  private long bytes;
  private long accepted;
  private long settled;
  private boolean hurried;
  private boolean closed;

  /**
   * A recorder that writes from now on.
   *
   * @param databases gives the place at which a database is or may be made, or throws where it may
   *     not be used
   */
  public Recorder(Collection<CapturedAgent> agents, Clock clock, UnaryOperator<Path> databases) {
    this.agents =
        agents.stream().collect(Collectors.toMap(CapturedAgent::name, Function.identity()));
    this.tallies =
        agents.stream().collect(Collectors.toMap(CapturedAgent::name, a -> new CaptureTally()));
    this.writer = new CaptureWriter(clock, databases, this::tally);
    this.thread = Thread.ofPlatform().daemon().name("capture-writer").start(this::run);
  }

  /** What became of the agent's calls. */
  public CaptureTally tally(CapturedAgent agent) {
    return Objects.requireNonNull(tallies.get(agent.name()));
  }

  /** Takes a call to be written, or counts why not; tells which. */
  public boolean take(Recordable call) {
    CaptureTally tally = tally(call.agent());
    synchronized (waiting) {
      if (!closed && waiting.size() < MOST_WAITING && bytes + call.bytes() <= MOST_BYTES) {
        waiting.addLast(call);
        bytes += call.bytes();
        accepted++;
        tally.queued();
        waiting.notifyAll();
        return true;
      }
    }
    tally.count(Unrecorded.QUEUE_FULL);
    return false;
  }

  /** Waits until what was taken so far is written, or the time is over. */
  public void settle(Duration patience) {
    long end = System.nanoTime() + patience.toNanos();
    synchronized (waiting) {
      long target = accepted;
      hurried = true;
      waiting.notifyAll();
      try {
        while (settled < target && System.nanoTime() < end) {
          TimeUnit.NANOSECONDS.timedWait(waiting, Math.max(1, end - System.nanoTime()));
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void run() {
    long nextHousekeeping = System.nanoTime();
    while (true) {
      if (System.nanoTime() - nextHousekeeping >= 0) {
        agents.values().stream().filter(a -> a.retention().isLimited()).forEach(this::forget);
        nextHousekeeping = System.nanoTime() + HOUSEKEEPING_NS;
      }
      List<Recordable> batch = next(nextHousekeeping);
      if (batch == null) {
        return;
      }
      try {
        writer.write(batch);
      } catch (RuntimeException e) {
        LOG.log(System.Logger.Level.ERROR, "captured calls could not be recorded", e);
      }
      synchronized (waiting) {
        settled += batch.size();
        bytes -= batch.stream().mapToLong(Recordable::bytes).sum();
        waiting.notifyAll();
      }
    }
  }

  private void forget(CapturedAgent agent) {
    try {
      if (Files.exists(agent.database())) {
        writer.forget(agent);
      }
    } catch (BridgeException e) {
      LOG.log(System.Logger.Level.ERROR, "{0}: {1}", agent.name(), e.getMessage());
    }
  }

  /** The next batch; an empty one where the time has come; null at the end. */
  private @Nullable List<Recordable> next(long until) {
    List<Recordable> batch = new ArrayList<>();
    synchronized (waiting) {
      try {
        while (waiting.isEmpty() && !closed && until - System.nanoTime() > 0) {
          hurried = false;
          TimeUnit.NANOSECONDS.timedWait(waiting, Math.max(1, until - System.nanoTime()));
        }
        long gathered = System.nanoTime() + GATHER_NS;
        while (!waiting.isEmpty()
            && waiting.size() < BATCH
            && !closed
            && !hurried
            && gathered - System.nanoTime() > 0) {
          TimeUnit.NANOSECONDS.timedWait(waiting, Math.max(1, gathered - System.nanoTime()));
        }
      } catch (InterruptedException e) {
        closed = true;
      }
      while (!waiting.isEmpty() && batch.size() < BATCH) {
        batch.add(waiting.removeFirst());
      }
      return batch.isEmpty() && closed ? null : batch;
    }
  }

  /** Writes what waits, as far as that is done in some seconds. */
  @Override
  public void close() {
    synchronized (waiting) {
      closed = true;
      waiting.notifyAll();
    }
    try {
      thread.join(CLOSING);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
