package dev.lightningbridge.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.jdbi.v3.core.ConnectionFactory;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** Connections to one SQLite file, kept open between uses: opening one reads the whole schema. */
final class Connections implements ConnectionFactory, AutoCloseable {
  private static final int MAX_IDLE = 8;

  private final SQLiteDataSource source;
  private final Deque<Connection> idle = new ConcurrentLinkedDeque<>();
  private volatile boolean closed;

  Connections(Path file, int busyTimeoutMs) {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.enforceForeignKeys(true);
    config.setBusyTimeout(busyTimeoutMs);
    // A transaction that begins by reading and then writes would fail at once where another writes.
    config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
    source = new SQLiteDataSource(config);
    // As a URI, so that no character of the path is taken for the start of options.
    source.setUrl("jdbc:sqlite:" + file.toUri());
  }

  SQLiteDataSource source() {
    return source;
  }

  @Override
  public Connection openConnection() throws SQLException {
    Connection connection = idle.pollFirst();
    return connection == null ? source.getConnection() : connection;
  }

  @Override
  public void closeConnection(Connection connection) throws SQLException {
    if (closed || idle.size() >= MAX_IDLE || !connection.getAutoCommit()) {
      connection.close();
      return;
    }
    idle.addFirst(connection);
    if (closed) {
      close();
    }
  }

  @Override
  public void close() throws SQLException {
    closed = true;
    for (Connection c = idle.pollFirst(); c != null; c = idle.pollFirst()) {
      c.close();
    }
  }

  /** For use where another failure is on its way already. */
  void closeQuietly() {
    try {
      close();
    } catch (SQLException e) {
      System.getLogger(Connections.class.getName()).log(System.Logger.Level.DEBUG, "not closed", e);
    }
  }
}
