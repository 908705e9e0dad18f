package dev.lightningbridge.runs;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.Cancellation;
import dev.lightningbridge.runs.request.RunError;
import dev.lightningbridge.store.BridgeDatabase;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/**
 * A process's hold on a run. While it beats, no other process runs the run; when its process has
 * died or stood still for longer than the lease, another one may take the run over, and this one
 * stops as soon as it notices. It also carries a cancellation asked for by another process.
 */
public final class RunLease implements AutoCloseable {
  static final Duration LENGTH = Duration.ofSeconds(30);

  private static final Duration BEAT = Duration.ofSeconds(1);

  private final BridgeDatabase database;
  private final String runId;
  private final String owner;
  private final Clock clock;
  private final Cancellation cancellation;
  private final Thread beats =
      Thread.ofPlatform().daemon().name("run-lease").unstarted(this::keepBeating);
  private volatile boolean ending;
  private long until;

  private RunLease(BridgeDatabase database, String runId, Clock clock, Cancellation cancellation) {
    this.database = database;
    this.runId = runId;
    this.owner = RunOwner.self().toString();
    this.clock = clock;
    this.cancellation = cancellation;
  }

  /**
   * Takes the run.
   *
   * @param finishedAt as it was when the caller looked whether the run is to be run
   * @param cancellation requested where another process asks for it, or the lease was lost
   * @throws BridgeException where another process holds the run and may be alive, or has run it to
   *     its end since the caller looked
   */
  public static RunLease take(
      BridgeDatabase database,
      String runId,
      @Nullable Long finishedAt,
      Clock clock,
      Cancellation cancellation) {
    RunLease lease = new RunLease(database, runId, clock, cancellation);
    lease.take(finishedAt);
    lease.beats.start();
    return lease;
  }

  private void take(@Nullable Long finishedAt) {
    long now = clock.millis();
    until = now + LENGTH.toMillis();
    database.useTransaction(
        handle -> {
          String holder = holderOf(handle, runId, now);
          if (holder != null) {
            throw new BridgeException(
                RunError.STILL_RUNNING,
                "another process runs this run: " + holder,
                runId,
                "Wait for its end, or cancel it with `runs cancel " + runId + "`.");
          }
          Long ended =
              handle
                  .createQuery("SELECT finished_at FROM runs WHERE id = :id")
                  .bind("id", runId)
                  .mapTo(Long.class)
                  .findOne()
                  .orElse(null);
          if (!Objects.equals(ended, finishedAt)) {
            throw new BridgeException(
                RunError.STILL_RUNNING,
                "another process has run this run meanwhile",
                runId,
                "`runs show " + runId + "` says how it ended.");
          }
          String rival = rivalOf(handle, now);
          if (rival != null) {
            throw new BridgeException(
                RunError.AGENT_BUSY,
                "another run is on the same agent: " + rival,
                runId,
                "It waits for its turn.");
          }
          handle.execute(
              "UPDATE runs SET owner = ?, lease_until = ?, cancel_requested = 0 WHERE id = ?",
              owner,
              until,
              runId);
        });
  }

  /** For a queued run: another one of its agent that a process holds. */
  private @Nullable String rivalOf(Handle handle, long now) {
    return handle
        .createQuery(
            """
            SELECT other.id FROM runs own JOIN runs other
                ON other.camp_path = own.camp_path AND other.lineage_id = own.lineage_id
            WHERE own.id = :id AND own.queued = 1 AND other.id <> own.id
                AND other.finished_at IS NULL AND other.lease_until > :now
            """)
        .bind("id", runId)
        .bind("now", now)
        .mapTo(String.class)
        .list()
        .stream()
        .filter(other -> holderOf(handle, other, now) != null)
        .findFirst()
        .orElse(null);
  }

  private void keepBeating() {
    try {
      while (true) {
        Thread.sleep(BEAT);
        beat();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Renews the lease where it is due, and passes on a cancellation asked for elsewhere. */
  void beat() {
    try {
      long now = clock.millis();
      boolean renew = until - now < LENGTH.toMillis() / 2;
      Boolean cancel =
          database.inTransaction(
              handle -> {
                if (renew) {
                  handle.execute(
                      "UPDATE runs SET lease_until = ? WHERE id = ? AND owner = ?",
                      now + LENGTH.toMillis(),
                      runId,
                      owner);
                }
                return handle
                    .createQuery(
                        "SELECT cancel_requested FROM runs WHERE id = :id AND owner = :owner")
                    .bind("id", runId)
                    .bind("owner", owner)
                    .mapTo(Boolean.class)
                    .findOne()
                    .orElse(null);
              });
      if (renew) {
        until = now + LENGTH.toMillis();
      }
      if (!ending && (cancel == null || cancel)) {
        cancellation.request();
      }
    } catch (BridgeException | JdbiException e) {
      // A full or busy disk for a moment; the next beat may do it. What needs the disk says so
      // itself.
      System.getLogger(RunLease.class.getName()).log(System.Logger.Level.DEBUG, "no beat", e);
    }
  }

  /** Who holds the run and may be alive; null where nobody. */
  public static @Nullable String holderOf(Handle handle, String runId, long now) {
    return handle
        .createQuery(
            "SELECT owner FROM runs WHERE id = :id AND lease_until > :now AND owner IS NOT NULL")
        .bind("id", runId)
        .bind("now", now)
        .mapTo(String.class)
        .findOne()
        .filter(holder -> RunOwner.parse(holder).map(owner -> !owner.isDead()).orElse(true))
        .orElse(null);
  }

  /** The run is about to be given up: that it has no owner then is no loss of it. */
  void ending() {
    ending = true;
  }

  public String runId() {
    return runId;
  }

  String owner() {
    return owner;
  }

  /**
   * Before something that may only be done by the run's one process.
   *
   * @throws BridgeException where it is another one now
   */
  public void check() {
    if (!owner.equals(
        database.inTransaction(
            handle ->
                handle
                    .createQuery("SELECT coalesce(owner, '') FROM runs WHERE id = :id")
                    .bind("id", runId)
                    .mapTo(String.class)
                    .one()))) {
      throw lost();
    }
  }

  /** What to throw where the run turns out to be another process's. */
  private BridgeException lost() {
    return new BridgeException(
        RunError.RUN_LOST,
        "another process has taken the run over while this one stood still",
        runId,
        "`runs show " + runId + "` says how it goes on there.");
  }

  @Override
  public void close() {
    beats.interrupt();
  }
}
