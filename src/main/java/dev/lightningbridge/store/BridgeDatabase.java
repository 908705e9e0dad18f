package dev.lightningbridge.store;

import dev.lightningbridge.common.BridgeException;
import java.sql.SQLException;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.HandleConsumer;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/**
 * Runs and all that belongs to them: in the home folder's bridge.db, or in a PostgreSQL database
 * that several servers share. Statements are in the SQL that both know. What was committed is on
 * the disk. SQLite takes one writer at a time: keep transactions short. Thread-safe.
 */
public final class BridgeDatabase implements AutoCloseable {
  private static final int BUSY_TIMEOUT_MS = 10_000;

  private final Backend backend;

  private BridgeDatabase(Backend backend) {
    this.backend = backend;
  }

  /**
   * Opens the home folder's bridge.db; makes it, or brings it to the current schema, where needed.
   *
   * @throws BridgeException LB-7002 to LB-7008 where it cannot be used
   */
  public static BridgeDatabase open(BridgeHome home) {
    return open(home, BUSY_TIMEOUT_MS);
  }

  static BridgeDatabase open(BridgeHome home, int busyTimeoutMs) {
    return new BridgeDatabase(SqliteBackend.open(home, busyTimeoutMs));
  }

  /**
   * Opens a PostgreSQL database; makes its tables, or brings them to the current schema, where
   * needed.
   *
   * @throws BridgeException LB-7002 to LB-7010 where it cannot be used
   */
  public static BridgeDatabase open(PostgresSettings settings) {
    return new BridgeDatabase(PostgresBackend.open(settings));
  }

  /**
   * Looks whether bridge.db is still the file that was opened.
   *
   * @throws BridgeException LB-7012 where it was deleted or replaced meanwhile
   */
  public void requireInPlace() {
    backend.requireInPlace();
  }

  /** For statements of one's own; failures of disk and server come as Jdbi's exceptions. */
  public Jdbi jdbi() {
    return backend.jdbi();
  }

  /**
   * Runs the work in one transaction, as if no other ran at the same time; committed when it
   * returns, undone when it throws. On PostgreSQL the work may be run more than once, after what it
   * did before was undone.
   *
   * @throws BridgeException LB-7002 to LB-7010 where disk, file or server failed
   */
  public <T> T inTransaction(HandleCallback<T, RuntimeException> work) {
    try {
      return backend.inTransaction(work);
    } catch (JdbiException e) {
      throw translated(e);
    }
  }

  /**
   * Reads, while others may write.
   *
   * @throws BridgeException as {@link #inTransaction}
   */
  public <T> T reading(HandleCallback<T, RuntimeException> work) {
    try {
      return backend.jdbi().withHandle(work);
    } catch (JdbiException e) {
      throw translated(e);
    }
  }

  /** As {@link #inTransaction}, without a result. */
  public void useTransaction(HandleConsumer<RuntimeException> work) {
    inTransaction(
        handle -> {
          work.useHandle(handle);
          return true;
        });
  }

  private RuntimeException translated(JdbiException e) {
    return StoreFailure.of(backend.where(), e).<RuntimeException>map(f -> f).orElse(e);
  }

  @Override
  public void close() {
    try {
      backend.close();
    } catch (SQLException e) {
      throw StoreFailure.failure(StoreError.UNUSABLE, backend.where(), e);
    }
  }
}
