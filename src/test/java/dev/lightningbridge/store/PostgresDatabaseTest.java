package dev.lightningbridge.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.needs.Need;
import dev.lightningbridge.needs.Needs;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
@Needs(Need.POSTGRESQL)
class PostgresDatabaseTest {
  private static PostgresServer server;

  @TempDir Path folder;

  @BeforeAll
  static void startServer() {
    server = PostgresServer.started();
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @Test
  void its_tables_have_the_columns_of_bridge_db() {
    PostgresSettings settings = server.newDatabase();
    BridgeDatabase.open(settings).close();
    List<String> postgres =
        server
            .jdbi(settings)
            .withHandle(
                h ->
                    h.createQuery(
                            """
                            SELECT table_name || '.' || column_name || ' ' || is_nullable
                            FROM information_schema.columns
                            WHERE table_schema = 'public' AND table_name NOT LIKE 'flyway%'
                            """)
                        .mapTo(String.class)
                        .list());
    BridgeHome home = BridgeHome.open(folder.resolve("home"));
    BridgeDatabase.open(home).close();
    List<String> sqlite =
        Jdbi.create("jdbc:sqlite:" + home.database())
            .withHandle(
                h ->
                    h.createQuery(
                            """
                            SELECT m.name || '.' || c.name || CASE WHEN c."notnull" OR c.pk
                                THEN ' NO' ELSE ' YES' END
                            FROM sqlite_master m JOIN pragma_table_info(m.name) c
                            WHERE m.type = 'table' AND m.name NOT LIKE 'flyway%'
                                AND m.name NOT LIKE 'sqlite_%'
                            """)
                        .mapTo(String.class)
                        .list());
    assertThat(postgres).hasSizeGreaterThan(80).containsExactlyInAnyOrderElementsOf(sqlite);
  }

  @Test
  void what_is_decided_by_what_was_read_holds_with_many_at_once() throws Exception {
    try (BridgeDatabase one = BridgeDatabase.open(server.newDatabase());
        ExecutorService threads = Executors.newFixedThreadPool(8)) {
      one.useTransaction(
          h -> {
            h.execute("CREATE TABLE counter (n BIGINT)");
            h.execute("INSERT INTO counter VALUES (0)");
          });
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < 80; i++) {
        all.add(
            threads.submit(
                () ->
                    one.useTransaction(
                        h -> {
                          long n = h.select("SELECT n FROM counter").mapTo(Long.class).one();
                          h.execute("UPDATE counter SET n = ?", n + 1);
                        })));
      }
      for (Future<?> each : all) {
        each.get();
      }
      assertThat((long) one.reading(h -> h.select("SELECT n FROM counter").mapTo(Long.class).one()))
          .isEqualTo(80);
    }
  }

  @Test
  void many_may_open_an_empty_database_at_once() throws Exception {
    PostgresSettings settings = server.newDatabase();
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        all.add(threads.submit(() -> BridgeDatabase.open(settings).close()));
      }
      for (Future<?> each : all) {
        each.get();
      }
    }
  }

  @Test
  void a_server_that_is_gone_is_said_and_is_used_again_when_it_is_back() {
    try (BridgeDatabase database = BridgeDatabase.open(server.newDatabase())) {
      server.stop();
      assertThatThrownBy(() -> count(database))
          .isInstanceOfSatisfying(
              BridgeException.class, e -> assertThat(e.code()).isEqualTo(StoreError.UNREACHABLE));
      server.start();
      assertThat(count(database)).isZero();
    }
  }

  @Test
  void a_wrong_password_or_database_is_refused_and_not_shown() {
    assertRefused(server.settings("postgres", "wrong-7b1c"), StoreError.REFUSED);
    assertRefused(server.settings("nowhere", server.password()), StoreError.REFUSED);
    assertRefused(
        new PostgresSettings("jdbc:postgresql://127.0.0.1:1/x?password=wrong-7b1c", "u", null),
        StoreError.UNREACHABLE);
  }

  private static void assertRefused(PostgresSettings settings, StoreError code) {
    assertThatThrownBy(() -> BridgeDatabase.open(settings).close())
        .isInstanceOfSatisfying(
            BridgeException.class,
            e -> {
              assertThat(e.code()).isEqualTo(code);
              StringWriter trace = new StringWriter();
              e.printStackTrace(new PrintWriter(trace));
              assertThat(trace.toString()).doesNotContain("wrong-7b1c", server.password());
            });
  }

  @Test
  void a_newer_schema_and_another_programs_tables_are_refused() {
    PostgresSettings newer = server.newDatabase();
    BridgeDatabase.open(newer).close();
    server
        .jdbi(newer)
        .useHandle(
            h ->
                h.execute(
                    """
                    INSERT INTO flyway_schema_history (installed_rank, version, description, type,
                        script, installed_by, execution_time, success)
                    VALUES (99, '99', 'later', 'SQL', 'V99__later.sql', 'x', 1, true)
                    """));
    assertRefused(newer, StoreError.NEWER);
    PostgresSettings other = server.newDatabase();
    server.jdbi(other).useHandle(h -> h.execute("CREATE TABLE theirs (x INTEGER)"));
    assertRefused(other, StoreError.NOT_OURS);
  }

  @Test
  void a_text_may_hold_what_postgresql_cannot() {
    try (BridgeDatabase database = BridgeDatabase.open(server.newDatabase())) {
      database.useTransaction(h -> h.execute("CREATE TABLE texts (t TEXT)"));
      database.useTransaction(h -> h.execute("INSERT INTO texts VALUES (?)", "a\0b\uD83D\uDE00"));
      database.useTransaction(h -> h.execute("INSERT INTO texts VALUES (?)", (String) null));
      String kept =
          database.reading(
              h -> h.select("SELECT t FROM texts WHERE t IS NOT NULL").mapTo(String.class).one());
      assertThat(kept).isEqualTo("a\uFFFDb\uD83D\uDE00");
    }
  }

  @Test
  void the_url_must_be_one_of_postgresql() {
    assertThatThrownBy(() -> PostgresSettings.of("jdbc:mysql://x", null, null, "V", Map.of()))
        .hasMessageContaining("LB-7011");
  }

  private static int count(BridgeDatabase database) {
    return database.inTransaction(
        h -> h.select("SELECT count(*) FROM runs").mapTo(Integer.class).one());
  }
}
