package dev.lightningbridge.runs.work;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.Cancellation;
import dev.lightningbridge.common.ErrorCode;
import dev.lightningbridge.runs.QueuePlace;
import dev.lightningbridge.runs.ending.RunResult;
import dev.lightningbridge.runs.request.OptimizeRequest;
import dev.lightningbridge.runs.request.RunError;
import dev.lightningbridge.store.BridgeDatabase;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.JdbiException;

/**
 * Runs what waits in the queue, a few runs at a time and one of an agent at a time. It also takes
 * up queued runs whose process has died or stands still, also those of other servers on the same
 * database: they go on from their journal.
 *
 * <p>There is nothing to do when a server ends: what it was running is taken up by the next one, as
 * after a crash.
 */
public final class RunQueue implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Set<ErrorCode> ANOTHERS_TURN =
      Set.of(RunError.STILL_RUNNING, RunError.RUN_ENDED, RunError.AGENT_BUSY);
  private static final System.Logger LOG = System.getLogger(RunQueue.class.getName());

  private final BridgeDatabase database;
  private final Optimization optimization;
  private final DueRuns due;
  private final int parallel;
  private final Clock clock;
  private final Set<String> mine = ConcurrentHashMap.newKeySet();
  private final Semaphore wake = new Semaphore(0);
  private final Thread taker =
      Thread.ofPlatform().daemon().name("run-queue").unstarted(this::keepTaking);
  private volatile boolean closed;

  /** The failure that was told last; used by the taker alone. */
  private String told = "";

  /**
   * @param parallel runs at a time, at least 1
   * @param labels of the runs that this server may run beside those without a label
   */
  public RunQueue(
      BridgeDatabase database,
      Optimization optimization,
      int parallel,
      Set<String> labels,
      Clock clock) {
    this.database = database;
    this.optimization = optimization;
    this.parallel = parallel;
    this.due = new DueRuns(database, labels, clock);
    this.clock = clock;
  }

  /** Begins to take runs. */
  public void start() {
    taker.start();
  }

  /**
   * Adds a run.
   *
   * @return its id; that of the run added before with the same idempotency key
   * @throws BridgeException where the run could not start, as {@link Optimization#enqueue}
   */
  public String add(OptimizeRequest request, QueuePlace place) {
    Optional<String> before = withKey(place);
    String id = before.isPresent() ? before.get() : enqueued(request, place);
    wake.release();
    return id;
  }

  private String enqueued(OptimizeRequest request, QueuePlace place) {
    try {
      return optimization.enqueue(request, place);
    } catch (JdbiException e) {
      // Somebody else may have added a run with the same key at the same time.
      return withKey(place).orElseThrow(() -> e);
    }
  }

  /** Whether it looks for runs to take. */
  public boolean isTaking() {
    return taker.isAlive() && !closed;
  }

  /** The run that was added before with the same idempotency key. */
  Optional<String> withKey(QueuePlace place) {
    return place.idempotencyKey() == null
        ? Optional.empty()
        : database.reading(
            handle ->
                handle
                    .createQuery("SELECT id FROM runs WHERE idempotency_key = :key")
                    .bind("key", place.idempotencyKey())
                    .mapTo(String.class)
                    .findOne());
  }

  /** Puts a run that was broken off, failed or was cancelled into the queue once more. */
  public void again(String runId) {
    database.useTransaction(
        handle ->
            handle.execute(
                """
                UPDATE runs SET state = 'queued', queued = 1, queued_at = ?, finished_at = NULL, error = NULL,
                    cancel_requested = 0
                WHERE id = ? AND state IN ('failed', 'cancelled', 'interrupted', 'running')
                """,
                clock.millis(),
                runId));
    wake.release();
  }

  /** The ids of the runs that this server runs now. */
  public Set<String> running() {
    return Set.copyOf(mine);
  }

  /** How many runs wait, and for how long the one that has waited longest, in milliseconds. */
  public Waiting waiting() {
    return database.reading(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT count(*), coalesce(min(coalesce(queued_at, created_at)), 0) FROM runs
                    WHERE state = 'queued'
                    """)
                .map(
                    (rs, context) ->
                        new Waiting(
                            rs.getInt(1), rs.getInt(1) == 0 ? 0 : clock.millis() - rs.getLong(2)))
                .one());
  }

  /** The queue's length, and for how long one has waited in it at most, in milliseconds. */
  public record Waiting(int runs, long oldestMs) {}

  private void keepTaking() {
    while (!closed) {
      try {
        database.requireInPlace();
        while (mine.size() < parallel && takeNext()) {}
        told = "";
        boolean woken = wake.tryAcquire(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        if (woken) {
          wake.drainPermits();
        }
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        tellOnce(e);
        if (!paused()) {
          return;
        }
      }
    }
  }

  /** What goes on for hours is told when it begins, not each second. */
  private void tellOnce(RuntimeException e) {
    String message = String.valueOf(e.getMessage());
    if (!message.equals(told)) {
      LOG.log(System.Logger.Level.WARNING, "no run is taken from the queue: " + message, e);
    }
    told = message;
  }

  private static boolean paused() {
    try {
      Thread.sleep(PAUSE);
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }

  private boolean takeNext() {
    Optional<String> next = due.next(mine);
    next.ifPresent(
        runId -> {
          mine.add(runId);
          Thread.ofPlatform().daemon().name("run-" + runId).start(() -> run(runId));
        });
    return next.isPresent();
  }

  private void run(String runId) {
    Cancellation cancellation = new Cancellation();
    try {
      LOG.log(System.Logger.Level.INFO, "run {0}: running", runId);
      RunResult result = optimization.resume(runId, event -> {}, cancellation);
      LOG.log(
          System.Logger.Level.INFO,
          "run {0}: {1}, {2} calls, {3} USD",
          runId,
          result.state().text(),
          result.calls(),
          result.usd());
    } catch (BridgeException e) {
      boolean anothersTurn = ANOTHERS_TURN.contains(e.code());
      LOG.log(
          anothersTurn ? System.Logger.Level.DEBUG : System.Logger.Level.WARNING,
          "run {0}: {1} {2}",
          runId,
          e.code().id(),
          e.getMessage());
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "run " + runId + ": failed", e);
    } finally {
      mine.remove(runId);
      wake.release();
    }
  }

  /** Takes no more runs. */
  @Override
  public void close() {
    closed = true;
    taker.interrupt();
  }
}
