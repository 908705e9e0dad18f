package dev.lightningbridge.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lightningbridge.common.BridgeException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BridgeDatabaseTest {
  @TempDir Path folder;
  BridgeHome home;

  @BeforeEach
  void makeHome() {
    home = BridgeHome.open(folder.resolve("home"));
  }

  @Test
  void a_fresh_file_gets_the_schema_and_an_existing_one_keeps_its_rows() {
    try (BridgeDatabase fresh = BridgeDatabase.open(home)) {
      addRun(fresh, "r1");
    }
    try (BridgeDatabase existing = BridgeDatabase.open(home)) {
      assertThat(runs(existing)).containsExactly("r1");
    }
  }

  @Test
  void every_connection_is_durable_and_keeps_foreign_keys() {
    try (BridgeDatabase database = BridgeDatabase.open(home)) {
      for (int i = 0; i < 3; i++) {
        assertThat(pragma(database, "journal_mode")).isEqualTo("wal");
        assertThat(pragma(database, "synchronous")).isEqualTo("2");
        assertThat(pragma(database, "foreign_keys")).isEqualTo("1");
      }
      assertThatThrownBy(
              () ->
                  database.useTransaction(
                      h -> h.execute("INSERT INTO events VALUES ('nowhere', 1, 't', '{}', 0)")))
          .isInstanceOf(JdbiException.class);
    }
  }

  @Test
  void what_failed_inside_a_transaction_is_undone() {
    try (BridgeDatabase database = BridgeDatabase.open(home)) {
      assertThatThrownBy(
              () ->
                  database.useTransaction(
                      h -> {
                        insertRun(h, "lost");
                        throw new IllegalStateException("half-way");
                      }))
          .hasMessage("half-way");
      assertThat(runs(database)).isEmpty();
      addRun(database, "kept");
      assertThat(runs(database)).containsExactly("kept");
    }
  }

  @Test
  void the_list_of_migrations_is_the_folder_of_migrations() throws Exception {
    Path source = Path.of(BridgeDatabaseTest.class.getResource("/db/bridge").toURI());
    try (Stream<Path> files = Files.list(source)) {
      assertThat(files.map(f -> f.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(Migrations.FILES);
    }
  }

  @Test
  void a_newer_schema_is_refused_and_left_as_it_is() throws IOException {
    try (BridgeDatabase database = BridgeDatabase.open(home)) {
      database.jdbi().useHandle(h -> h.execute("PRAGMA user_version = 99"));
    }
    byte[] before = Files.readAllBytes(home.database());

    assertThatThrownBy(() -> BridgeDatabase.open(home))
        .isInstanceOf(BridgeException.class)
        .hasMessageContaining("LB-7005");
    assertThat(Files.readAllBytes(home.database())).isEqualTo(before);
  }

  @Test
  void a_version_below_zero_is_another_programs_and_is_left_as_it_is() throws IOException {
    try (BridgeDatabase database = BridgeDatabase.open(home)) {
      database.jdbi().useHandle(h -> h.execute("PRAGMA user_version = -1"));
    }
    byte[] before = Files.readAllBytes(home.database());

    assertThatThrownBy(() -> BridgeDatabase.open(home)).hasMessageContaining("LB-7007");
    assertThat(Files.readAllBytes(home.database())).isEqualTo(before);
  }

  @Test
  void a_database_that_was_replaced_while_it_was_open_takes_nothing_more() throws IOException {
    try (BridgeDatabase database = BridgeDatabase.open(home)) {
      addRun(database, "kept");
      Path copy = home.folder().resolve("copy.db");
      Files.copy(home.database(), copy);
      Files.move(copy, home.database(), StandardCopyOption.REPLACE_EXISTING);

      assertThatThrownBy(() -> addRun(database, "lost")).hasMessageContaining("LB-7012");
      Files.delete(home.database());
      assertThatThrownBy(database::requireInPlace).hasMessageContaining("LB-7012");
    }
  }

  @Test
  void the_database_is_its_owners_alone_in_whatever_folder() throws IOException {
    Path folder = Files.createDirectory(home.folder().resolve("shared"));
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    BridgeHome shared = BridgeHome.open(folder);

    try (BridgeDatabase database = BridgeDatabase.open(shared);
        Stream<Path> files = Files.list(folder)) {
      addRun(database, "one");
      assertThat(files.filter(f -> f.getFileName().toString().startsWith("bridge.db")))
          .isNotEmpty()
          .allSatisfy(
              f ->
                  assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(f)))
                      .isEqualTo("rw-------"));
    }
  }

  @Test
  void a_file_that_is_no_database_is_a_clear_error() throws IOException {
    Files.write(home.database(), "no database at all, but text\n".repeat(200).getBytes(UTF_8));

    assertThatThrownBy(() -> BridgeDatabase.open(home)).hasMessageContaining("LB-7004");
  }

  @Test
  void damaged_pages_are_a_clear_error_when_they_are_met() throws IOException {
    try (BridgeDatabase database = BridgeDatabase.open(home)) {
      for (int i = 0; i < 200; i++) {
        addRun(database, "run" + i);
      }
    }
    try (RandomAccessFile file = new RandomAccessFile(home.database().toFile(), "rw")) {
      for (long at = 4096; at < file.length(); at += 4096) {
        file.seek(at);
        file.write(new byte[100]);
      }
    }

    assertThatThrownBy(
            () -> {
              try (BridgeDatabase database = BridgeDatabase.open(home)) {
                database.inTransaction(h -> h.select("SELECT * FROM runs").mapToMap().list());
              }
            })
        .isInstanceOf(BridgeException.class)
        .hasMessageContaining("LB-7004");
  }

  @Test
  void a_database_of_another_program_is_refused() {
    Jdbi.create("jdbc:sqlite:" + home.database())
        .useHandle(h -> h.execute("CREATE TABLE other (x INTEGER)"));

    assertThatThrownBy(() -> BridgeDatabase.open(home)).hasMessageContaining("LB-7007");
  }

  @Test
  void a_full_disk_is_a_clear_error_and_the_rows_before_stay() {
    try (BridgeDatabase database = BridgeDatabase.open(home)) {
      addRun(database, "before");
      database.jdbi().useHandle(h -> h.execute("PRAGMA max_page_count = 1"));

      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 200; i++) {
                  addRun(database, "x".repeat(4000) + i);
                }
              })
          .isInstanceOf(BridgeException.class)
          .hasMessageContaining("LB-7003");
      assertThat(runs(database)).contains("before");
    }
  }

  @Test
  void transactions_of_one_process_wait_for_each_other_however_long_one_takes() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    try (BridgeDatabase database = BridgeDatabase.open(home, 50);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> slow =
          threads.submit(
              () ->
                  database.useTransaction(
                      h -> {
                        insertRun(h, "slow");
                        inside.countDown();
                        await(goOn);
                      }));
      inside.await();
      Future<?> next = threads.submit(() -> addRun(database, "next"));
      try {
        assertThatThrownBy(() -> next.get(500, TimeUnit.MILLISECONDS))
            .isInstanceOf(TimeoutException.class);
      } finally {
        goOn.countDown();
      }
      slow.get();
      next.get();
      assertThat(runs(database)).containsExactlyInAnyOrder("slow", "next");
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void a_lock_held_by_another_process_is_a_clear_error() {
    try (BridgeDatabase ours = BridgeDatabase.open(home, 50);
        BridgeDatabase other = BridgeDatabase.open(home)) {
      other.useTransaction(
          held ->
              assertThatThrownBy(() -> addRun(ours, "r1"))
                  .isInstanceOf(BridgeException.class)
                  .hasMessageContaining("LB-7006"));
      addRun(ours, "r2");
      assertThat(runs(other)).containsExactly("r2");
    }
  }

  @Test
  void a_path_may_hold_any_character() {
    BridgeHome odd = BridgeHome.open(folder.resolve("a b?c#d%20ü"));
    try (BridgeDatabase database = BridgeDatabase.open(odd)) {
      addRun(database, "r1");
    }
    assertThat(odd.database()).exists();
  }

  @Test
  void many_may_open_a_fresh_file_and_write_at_once() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> writers =
          IntStream.range(0, 8)
              .<Future<?>>mapToObj(
                  i ->
                      threads.submit(
                          () -> {
                            try (BridgeDatabase database = BridgeDatabase.open(home)) {
                              addRun(database, "a" + i);
                              addRun(database, "b" + i);
                            }
                          }))
              .toList();
      for (Future<?> writer : writers) {
        writer.get();
      }
    }
    try (BridgeDatabase database = BridgeDatabase.open(home)) {
      assertThat(runs(database)).hasSize(16);
    }
  }

  private static void addRun(BridgeDatabase database, String id) {
    database.useTransaction(h -> insertRun(h, id));
  }

  private static void insertRun(org.jdbi.v3.core.Handle handle, String id) {
    handle.execute(
        "INSERT INTO runs (id, state, engine, camp_path, session_id, lineage_id, baseline_id,"
            + " baseline_prompt, seed,"
            + " sandbox, request_json, created_at)"
            + " VALUES (?, 'running', 'java', 'c', 's', 'l', 'b', 'p', 1, 1, '{}', 0)",
        id);
  }

  private static List<String> runs(BridgeDatabase database) {
    return database
        .jdbi()
        .withHandle(h -> h.select("SELECT id FROM runs").mapTo(String.class).list());
  }

  private static String pragma(BridgeDatabase database, String name) {
    return database.jdbi().withHandle(h -> h.select("PRAGMA " + name).mapTo(String.class).one());
  }
}
