package dev.lightningbridge.store;

import dev.lightningbridge.common.BridgeException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * The file bridge.db. What was committed is on the disk (WAL with synchronous=FULL), foreign keys
 * are on, and a transaction holds the one write lock from its start.
 */
final class SqliteBackend implements Backend {
  private final Path file;
  private final @Nullable Object key;
  private final Connections connections;
  private final Jdbi jdbi;

  /** SQLite lets waiting writers try again by chance; among many one may wait for ever. */
  private final ReentrantLock turn = new ReentrantLock(true);

  private SqliteBackend(Path file, Connections connections) {
    this.file = file;
    this.key = keyOf(file);
    this.connections = connections;
    this.jdbi = Jdbi.create(connections);
  }

  /**
   * Opens the home folder's file; makes it, or brings it to the current schema, where needed.
   *
   * @throws BridgeException LB-7002 to LB-7008 where it cannot be used
   */
  static SqliteBackend open(BridgeHome home, int busyTimeoutMs) {
    Connections connections = new Connections(home.database(), busyTimeoutMs);
    boolean opened = false;
    try {
      PrivateFile.ensure(home.database());
      int version = version(connections);
      if (version > Migrations.SQLITE.version()) {
        throw StoreFailure.failure(StoreError.NEWER, home.database(), null);
      }
      if (version < 0) {
        throw StoreFailure.failure(StoreError.NOT_OURS, home.database(), null);
      }
      if (version < Migrations.SQLITE.version()) {
        migrate(home, connections);
      }
      opened = true;
      return new SqliteBackend(home.database(), connections);
    } catch (SQLException | FlywayException e) {
      throw StoreFailure.of(home.database().toString(), e)
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
    PrivateFile.ensure(lockFile);
    synchronized (SqliteBackend.class) {
      try (FileChannel channel =
              FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock lock = channel.lock()) {
        if (lock.isValid() && version(connections) < Migrations.SQLITE.version()) {
          toCurrentVersion(connections);
        }
      }
    }
  }

  private static void toCurrentVersion(Connections connections) throws IOException, SQLException {
    int version = Migrations.SQLITE.version();
    Connection connection = connections.openConnection();
    try (Statement statement = connection.createStatement()) {
      if (!NewTables.make(connection, version)) {
        Migrations.SQLITE.apply(connections.source());
        statement.execute("PRAGMA user_version = " + version);
      }
    } finally {
      connections.closeConnection(connection);
    }
  }

  @Override
  public Jdbi jdbi() {
    return jdbi;
  }

  @Override
  public String where() {
    return file.toString();
  }

  @Override
  public void requireInPlace() {
    if (!Objects.equals(key, keyOf(file))) {
      throw StoreFailure.failure(StoreError.REPLACED, file, null);
    }
  }

  /** What tells one file of a name from another; null where there is none. */
  private static @Nullable Object keyOf(Path file) {
    try {
      return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    } catch (IOException e) {
      return null;
    }
  }

  @Override
  public <T> T inTransaction(HandleCallback<T, RuntimeException> work) {
    turn.lock();
    try {
      requireInPlace();
      return jdbi.inTransaction(work);
    } finally {
      turn.unlock();
    }
  }

  @Override
  public void close() throws SQLException {
    connections.close();
  }
}
