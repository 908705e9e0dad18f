package dev.lightningbridge.store;

import dev.lightningbridge.common.BridgeException;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.AgroalConnectionPoolConfiguration.ConnectionValidator;
import io.agroal.api.configuration.supplier.AgroalConnectionFactoryConfigurationSupplier;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.argument.AbstractArgumentFactory;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.config.ConfigRegistry;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;

/**
 * A PostgreSQL database that several servers share. Transactions are serializable: what one decides
 * by what it has read holds. Where two are in each other's way, one is undone and run once more.
 */
final class PostgresBackend implements Backend {
  private static final int MOST_CONNECTIONS = 16;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** With the pauses between them, some ten seconds. */
  private static final int TRIES = 40;

  private static final int PAUSE_MS = 12;

  private final String where;
  private final AgroalDataSource pool;
  private final Jdbi jdbi;

  private PostgresBackend(String where, AgroalDataSource pool) {
    this.where = where;
    this.pool = pool;
    this.jdbi = Jdbi.create(pool).registerArgument(new Texts());
  }

  /** PostgreSQL's texts hold every character but U+0000, which a model may have written. */
  private static final class Texts extends AbstractArgumentFactory<String> {
    Texts() {
      super(Types.VARCHAR);
    }

    @Override
    protected Argument build(String value, ConfigRegistry config) {
      String text = value.replace('\0', '\uFFFD');
      return (position, statement, context) -> statement.setString(position, text);
    }
  }

  /**
   * Opens the database; makes its tables, or brings them to the current schema, where needed.
   *
   * @throws BridgeException LB-7002 to LB-7010 where it cannot be used
   */
  static PostgresBackend open(PostgresSettings settings) {
    PostgresBackend backend = null;
    boolean opened = false;
    try {
      backend = new PostgresBackend(settings.where(), pool(settings));
      int version = backend.version();
      if (version > Migrations.POSTGRESQL.version()) {
        throw StoreFailure.failure(StoreError.NEWER, settings.where(), null);
      }
      if (version < Migrations.POSTGRESQL.version()) {
        Migrations.POSTGRESQL.apply(backend.pool);
      }
      opened = true;
      return backend;
    } catch (SQLException | JdbiException | FlywayException e) {
      throw StoreFailure.of(settings.where(), e)
          .orElseGet(() -> StoreFailure.failure(StoreError.NOT_OURS, settings.where(), e));
    } finally {
      if (!opened && backend != null) {
        backend.close();
      }
    }
  }

  private static AgroalDataSource pool(PostgresSettings settings) throws SQLException {
    AgroalConnectionFactoryConfigurationSupplier factory =
        new AgroalConnectionFactoryConfigurationSupplier()
            .connectionProviderClassName("org.postgresql.Driver")
            .jdbcUrl(settings.url());
    if (settings.user() != null) {
      factory.principal(new NamePrincipal(settings.user()));
    }
    if (settings.password() != null) {
      factory.credential(new SimplePassword(settings.password()));
    }
    return AgroalDataSource.from(
        new AgroalDataSourceConfigurationSupplier()
            .connectionPoolConfiguration(
                pool ->
                    pool.maxSize(MOST_CONNECTIONS)
                        .acquisitionTimeout(PATIENCE)
                        // The server may have been started anew since the connection was used last.
                        .connectionValidator(ConnectionValidator.defaultValidator())
                        .validateOnBorrow(true)
                        .connectionFactoryConfiguration(factory)));
  }

  private int version() {
    return jdbi.withHandle(
        handle ->
            handle
                    .createQuery("SELECT to_regclass('flyway_schema_history') IS NOT NULL")
                    .mapTo(Boolean.class)
                    .one()
                ? handle
                    .createQuery(
                        """
                        SELECT coalesce(max(CAST(version AS INTEGER)), 0)
                        FROM flyway_schema_history WHERE success AND version IS NOT NULL
                        """)
                    .mapTo(Integer.class)
                    .one()
                : 0);
  }

  /** A server keeps its database in place. */
  @Override
  public void requireInPlace() {}

  @Override
  public Jdbi jdbi() {
    return jdbi;
  }

  @Override
  public String where() {
    return where;
  }

  @Override
  public <T> T inTransaction(HandleCallback<T, RuntimeException> work) {
    for (int tries = 1; ; tries++) {
      try {
        return jdbi.inTransaction(TransactionIsolationLevel.SERIALIZABLE, work);
      } catch (JdbiException e) {
        if (tries == TRIES || !PostgresState.isConflict(e) || !paused(tries)) {
          throw e;
        }
      }
    }
  }

  private static boolean paused(int tries) {
    try {
      Thread.sleep((long) PAUSE_MS * tries);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void close() {
    pool.close();
  }
}
