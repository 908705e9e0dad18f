package dev.lightningbridge.runs;

import dev.lightningbridge.runs.RunLog.StoredEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Tells watchers what happens in runs, also in those of other processes. However many watch a run,
 * bridge.db is read once a turn for it; with nobody watching, not at all. A watcher that is behind
 * is told from where it stands, so that no event is lost and none is kept for it in memory.
 */
public final class RunFeed implements AutoCloseable {
  /** Events that are read at a time for a run. */
  static final int BATCH = 500;

  private static final Duration TURN = Duration.ofMillis(200);
  private static final System.Logger LOG = System.getLogger(RunFeed.class.getName());

  private final RunStore runs;
  private final CopyOnWriteArrayList<Watch> watches = new CopyOnWriteArrayList<>();
  private final Semaphore wake = new Semaphore(0);
  private final Thread teller;
  private volatile boolean closed;

  public RunFeed(RunStore runs) {
    this.runs = runs;
    this.teller = Thread.ofPlatform().daemon().name("run-feed").start(this::keepTelling);
  }

  /** Who watches a run. Called by one thread; must be quick. */
  public interface Watcher {
    /** Whether it still watches; it is forgotten when not. */
    boolean isOpen();

    /** Whether it has taken what it was told before. */
    boolean isReady();

    void on(StoredEvent event);

    /** Nothing more will come: the run has ended. */
    void ended(StoredRun run);
  }

  private static final class Watch {
    private final String runId;
    private final Watcher watcher;
    private long told;

    Watch(String runId, Watcher watcher, long told) {
      this.runId = runId;
      this.watcher = watcher;
      this.told = told;
    }
  }

  /** Tells the watcher what happened in the run after the event of this number, and goes on so. */
  public void watch(String runId, long after, Watcher watcher) {
    watches.add(new Watch(runId, watcher, after));
    wake.release();
  }

  /** How many watch. */
  public int watching() {
    return watches.size();
  }

  private void keepTelling() {
    while (!closed) {
      try {
        if (watches.isEmpty()) {
          wake.acquire();
        } else if (wake.tryAcquire(TURN.toMillis(), TimeUnit.MILLISECONDS)) {
          wake.drainPermits();
        }
        turn();
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        LOG.log(System.Logger.Level.WARNING, "the events of runs cannot be read", e);
      }
    }
  }

  private void turn() {
    Map<String, List<Watch>> byRun = new HashMap<>();
    for (Watch watch : watches) {
      if (!watch.watcher.isOpen()) {
        watches.remove(watch);
      } else if (watch.watcher.isReady()) {
        byRun.computeIfAbsent(watch.runId, id -> new ArrayList<>()).add(watch);
      }
    }
    byRun.forEach(this::tell);
  }

  private void tell(String runId, List<Watch> ready) {
    // Whether it has ended is asked before its events are read: what it told at last is among them.
    StoredRun run = runs.get(runId);
    long from = ready.stream().mapToLong(watch -> watch.told).min().orElse(0);
    List<StoredEvent> events = runs.log().eventsAfter(runId, from, BATCH);
    boolean all = events.size() < BATCH;
    for (Watch watch : ready) {
      for (StoredEvent event : events) {
        if (event.sequence() > watch.told && watch.watcher.isOpen()) {
          watch.watcher.on(event);
          watch.told = event.sequence();
        }
      }
      if (all && run.finishedAt() != null) {
        watch.watcher.ended(run);
        watches.remove(watch);
      }
    }
    if (!all) {
      wake.release();
    }
  }

  @Override
  public void close() {
    closed = true;
    teller.interrupt();
  }
}
