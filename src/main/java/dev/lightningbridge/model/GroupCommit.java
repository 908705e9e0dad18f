package dev.lightningbridge.model;

import dev.lightningbridge.store.BridgeDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.jdbi.v3.core.HandleConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes of several threads in one transaction: whoever comes first commits for all that wait. A
 * commit costs the disk's flush, some milliseconds, whether it holds one write or fifty; and the
 * threads wait for one another in turn rather than for SQLite's lock, which is polled.
 */
final class GroupCommit {
  private final BridgeDatabase database;
  private final Queue<Write> waiting = new ConcurrentLinkedQueue<>();
  private final ReentrantLock writer = new ReentrantLock(true);

  GroupCommit(BridgeDatabase database) {
    this.database = database;
  }

  /** Returns when the write is committed; throws what kept it from being. */
  void run(HandleConsumer<RuntimeException> statement) {
    Write mine = new Write(statement);
    waiting.add(mine);
    writer.lock();
    try {
      if (!mine.ended) {
        commitAll();
      }
    } finally {
      writer.unlock();
    }
    if (mine.failure != null) {
      throw mine.failure;
    }
  }

  private void commitAll() {
    List<Write> batch = new ArrayList<>();
    for (Write w = waiting.poll(); w != null; w = waiting.poll()) {
      batch.add(w);
    }
    try {
      database.useTransaction(
          handle -> {
            for (Write write : batch) {
              write.statement.useHandle(handle);
            }
          });
      batch.forEach(w -> w.end(null));
    } catch (RuntimeException e) {
      // All of a transaction is lost with it, so it is every write's failure.
      batch.forEach(w -> w.end(e));
    }
  }

  private static final class Write {
    private final HandleConsumer<RuntimeException> statement;
    private boolean ended;
    private @Nullable RuntimeException failure;

    Write(HandleConsumer<RuntimeException> statement) {
      this.statement = statement;
    }

    void end(@Nullable RuntimeException e) {
      failure = e;
      ended = true;
    }
  }
}
