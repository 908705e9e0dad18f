package dev.lightningbridge.store;

import dev.lightningbridge.common.BridgeException;
import java.sql.SQLException;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;

/** A kind of database that holds what Lightning Bridge keeps. Thread-safe. */
interface Backend extends AutoCloseable {
  Jdbi jdbi();

  /**
   * Looks whether what was opened is still what others would open.
   *
   * @throws BridgeException LB-7012 where it is not
   */
  void requireInPlace();

  /** Where it is, for errors. */
  String where();

  /**
   * Runs the work so that it is as if no other transaction ran at the same time; it may be run more
   * than once, each time as if it had not been before.
   */
  <T> T inTransaction(HandleCallback<T, RuntimeException> work);

  @Override
  void close() throws SQLException;
}
