package dev.lightningbridge.store;

import dev.lightningbridge.common.BridgeException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.HandleConsumer;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/**
 * bridge.db: runs and all that belongs to them. What was committed is on the disk (WAL with
 * synchronous=FULL), foreign keys are on, and several processes may have it open at once. SQLite
 * takes one writer at a time: keep transactions short. Thread-safe.
 */
public final class BridgeDatabase implements AutoCloseable {
  private static final int BUSY_TIMEOUT_MS = 10_000;

  private final Path file;
  private final Connections connections;
  private final Jdbi jdbi;

  private BridgeDatabase(Path file, Connections connections) {
    this.file = file;
    this.connections = connections;
    this.jdbi = Jdbi.create(connections);
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
    Connections connections = new Connections(home.database(), busyTimeoutMs);
    boolean opened = false;
    try {
      int version = version(connections);
      if (version > Migrations.VERSION) {
        throw StoreFailure.failure(StoreError.NEWER, home.database(), null);
      }
      if (version < Migrations.VERSION) {
        migrate(home, connections);
      }
      opened = true;
      return new BridgeDatabase(home.database(), connections);
    } catch (SQLException | FlywayException e) {
      throw StoreFailure.of(home.database(), e)
          .orElseGet(() -> StoreFailure.failure(StoreError.NOT_OURS, home.database(), e));
    } catch (IOException e) {
      throw StoreFailure.of(home.folder(), e);
    } finally {
      if (!opened) {
        connections.closeQuietly();
      }
    }
  }

  private static int version(Connections connections) throws SQLException {
    Connection connection = connections.openConnection();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("PRAGMA user_version")) {
      return row.getInt(1);
    } finally {
      connections.closeConnection(connection);
    }
  }

  /** Flyway itself does not keep two processes apart on SQLite. */
  private static void migrate(BridgeHome home, Connections connections)
      throws IOException, SQLException {
    Path lockFile = home.folder().resolve("bridge.db.lock");
    synchronized (BridgeDatabase.class) {
      try (FileChannel channel =
              FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock lock = channel.lock()) {
        if (lock.isValid() && version(connections) < Migrations.VERSION) {
          Migrations.apply(connections.source());
          Connection connection = connections.openConnection();
          try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA user_version = " + Migrations.VERSION);
          } finally {
            connections.closeConnection(connection);
          }
        }
      }
    }
  }

  /** For statements of one's own; failures of disk and file come as Jdbi's exceptions. */
  public Jdbi jdbi() {
    return jdbi;
  }

  /**
   * Runs the work in one transaction that holds the write lock from its start; committed when it
   * returns, undone when it throws.
   *
   * @throws BridgeException LB-7002 to LB-7008 where disk or file failed
   */
  public <T> T inTransaction(HandleCallback<T, RuntimeException> work) {
    try {
      return jdbi.inTransaction(work);
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
      return jdbi.withHandle(work);
    } catch (JdbiException e) {
      throw translated(e);
    }
  }

  /** As {@link #inTransaction}, without a result. */
  public void useTransaction(HandleConsumer<RuntimeException> work) {
    try {
      jdbi.useTransaction(work);
    } catch (JdbiException e) {
      throw translated(e);
    }
  }

  private RuntimeException translated(JdbiException e) {
    return StoreFailure.of(file, e).<RuntimeException>map(f -> f).orElse(e);
  }

  @Override
  public void close() {
    try {
      connections.close();
    } catch (SQLException e) {
      throw StoreFailure.failure(StoreError.UNUSABLE, file, e);
    }
  }
}
