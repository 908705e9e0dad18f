package dev.lightningbridge.camp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lightningbridge.camp.files.Base64Dump;
import dev.lightningbridge.camp.files.CampError;
import dev.lightningbridge.camp.files.CampFile;
import dev.lightningbridge.camp.files.FileCheck;
import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.ExitCode;
import dev.lightningbridge.corpus.Attempt;
import dev.lightningbridge.corpus.Session;
import dev.lightningbridge.needs.Need;
import dev.lightningbridge.needs.Needs;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CampDatabaseTest {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void makeDatabase() {
    file = folder.resolve("camp.db");
    make(file);
  }

  private static void make(Path file) {
    try (CampFixture camp = CampFixture.create(file, 9)) {
      String session = camp.session("Support", "Answer tickets", "Ticket 1");
      String agent = camp.agent(camp.lineage(session, "A"), "Be brief.");
      for (int i = 1; i <= 20; i++) {
        camp.score(camp.run(agent, i, "Ticket " + i, "Answer " + i).artifactId(), 7, null);
      }
    }
  }

  @Test
  void reading_leaves_no_trace() throws IOException {
    Files.setLastModifiedTime(file, FileTime.fromMillis(1000));
    Files.setLastModifiedTime(folder, FileTime.fromMillis(2000));
    byte[] before = Files.readAllBytes(file);
    try (CampDatabase database = open(file)) {
      assertThat(database.corpus().attempts()).hasSize(20);
      assertThat(names(folder)).containsExactly("camp.db");
    }
    assertThat(file).hasBinaryContent(before);
    assertThat(Files.getLastModifiedTime(file).toMillis()).isEqualTo(1000);
    assertThat(Files.getLastModifiedTime(folder).toMillis()).isEqualTo(2000);
    assertThat(names(folder)).containsExactly("camp.db");
  }

  @Test
  void what_stands_only_in_the_wal_is_read_and_the_wal_stays() throws Exception {
    Path other = Files.createDirectory(folder.resolve("wal"));
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement writer = connection.createStatement()) {
      writer.execute("PRAGMA journal_mode = WAL");
      writer.execute("UPDATE sessions SET name = 'in the wal'");
      Files.copy(file, other.resolve("camp.db"));
      Files.copy(folder.resolve("camp.db-wal"), other.resolve("camp.db-wal"));
    }
    List<FileTime> times = times(other);
    try (CampDatabase database = open(other.resolve("camp.db"))) {
      assertThat(database.corpus().sessions())
          .extracting(Session::name)
          .containsExactly("in the wal");
      assertThat(names(other)).containsExactly("camp.db", "camp.db-wal");
    }
    assertThat(names(other)).containsExactly("camp.db", "camp.db-wal");
    assertThat(times(other)).isEqualTo(times);
  }

  @Test
  void a_file_in_wal_mode_without_a_wal_is_read_without_making_one() throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement writer = connection.createStatement()) {
      writer.execute("PRAGMA journal_mode = WAL");
    }
    assertThat(FileCheck.isWal(file)).isTrue();
    try (CampDatabase database = open(file)) {
      assertThat(database.corpus().attempts()).hasSize(20);
      assertThat(names(folder)).containsExactly("camp.db");
    }
  }

  @Test
  void an_interrupted_transaction_is_taken_back_in_the_copy_only() throws Exception {
    Path other = Files.createDirectory(folder.resolve("hot"));
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement writer = connection.createStatement()) {
      writer.execute("PRAGMA cache_size = 1");
      writer.execute("BEGIN");
      writer.execute("UPDATE artifacts SET content = 'x' || hex(randomblob(4000))");
      Files.copy(file, other.resolve("camp.db"));
      Files.copy(folder.resolve("camp.db-journal"), other.resolve("camp.db-journal"));
      writer.execute("ROLLBACK");
    }
    try (CampDatabase database = open(other.resolve("camp.db"))) {
      assertThat(database.corpus().attempts().map(Attempt::output))
          .allMatch(output -> output.startsWith("Answer "));
    }
    assertThat(names(other)).containsExactly("camp.db", "camp.db-journal");
  }

  @Test
  void a_private_copy_is_this_users_alone_and_goes_on_close() throws IOException {
    Path dump = folder.resolve("store.txt");
    Base64Dump.encode(file, dump);
    CampFile located = CampFile.forReading(dump);
    Path copy = located.sqlite();
    assertThat(Files.getPosixFilePermissions(copy)).hasSize(2);
    assertThat(Files.getPosixFilePermissions(copy.getParent())).hasSize(3);
    located.close();
    assertThat(copy.getParent()).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%s",
        "  \n%s\n",
        "\"%s\"",
        "\uFEFF%s",
        "\uFEFF \"%s\"\r\n",
        "'%s'",
        "`%s`",
        "data:application/octet-stream;base64,%s",
        "{\"theme\":\"dark\",\"training-camp-db\":\"%s\",\"version\":\"9\"}",
        "{\n  \"training-camp-db\": \"%s\"\n}",
        "\"{\\\"a\\\":\\\"1\\\",\\\"training-camp-db\\\":\\\"%s\\\",\\\"b\\\":\\\"2\\\"}\""
      })
  void the_browsers_text_is_read_with_what_people_copy_along(String frame) throws IOException {
    String text = Base64.getEncoder().encodeToString(Files.readAllBytes(file));
    Path dump = Files.writeString(folder.resolve("store.txt"), frame.formatted(text));
    assertHasTwenty(dump);
  }

  @Test
  void a_long_key_before_the_database_in_the_local_storage_does_no_harm() throws IOException {
    String text = Base64.getEncoder().encodeToString(Files.readAllBytes(file));
    for (int length : List.of(8_180, 65_520, 300_000)) {
      String storage =
          "{\"other\":\"%s\",\"training-camp-db\":\"%s\",\"more\":\"%s\"}"
              .formatted("x".repeat(length), text, "y".repeat(20_000));
      assertHasTwenty(Files.writeString(folder.resolve("storage" + length), storage));
    }
  }

  @Test
  void bytes_as_numbers_and_base64_for_addresses_are_read() throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    StringBuilder numbers = new StringBuilder();
    StringBuilder indexed = new StringBuilder();
    for (int i = 0; i < bytes.length; i++) {
      String comma = i == 0 ? "" : ",";
      numbers.append(comma).append(bytes[i] & 0xff);
      indexed.append(comma).append('"').append(i).append("\":").append(bytes[i] & 0xff);
    }
    assertHasTwenty(Files.writeString(folder.resolve("n1"), "[" + numbers + "]"));
    assertHasTwenty(Files.writeString(folder.resolve("n2"), "\"[" + numbers + "]\""));
    assertHasTwenty(
        Files.writeString(
            folder.resolve("n3"), "Uint8Array(" + bytes.length + ") [" + numbers + "]"));
    assertHasTwenty(Files.writeString(folder.resolve("n4"), "{" + indexed + "}"));
    assertHasTwenty(
        Files.write(folder.resolve("n5"), Base64.getUrlEncoder().withoutPadding().encode(bytes)));
    Path wrong = Files.writeString(folder.resolve("n6"), "[83,81,76,105,999]");
    assertThatThrownBy(() -> open(wrong)).hasMessageContaining("one of the numbers is no byte");
  }

  @Test
  void what_is_packed_is_named_with_what_to_do() throws IOException {
    Path packed = Files.write(folder.resolve("camp.db.gz"), new byte[] {0x1f, (byte) 0x8b, 8, 0});
    assertThatThrownBy(() -> open(packed)).hasMessageContaining("gunzip");
    Path zip = Files.writeString(folder.resolve("camp.zip"), "PK\u0003\u0004");
    assertThatThrownBy(() -> open(zip)).hasMessageContaining("a ZIP file");
  }

  @Test
  void the_browsers_text_may_be_broken_into_lines_escaped_or_utf16() throws IOException {
    byte[] database = Files.readAllBytes(file);
    String text = Base64.getEncoder().encodeToString(database);
    Path lines = Files.write(folder.resolve("a"), Base64.getMimeEncoder().encode(database));
    Path escaped = Files.writeString(folder.resolve("b"), '"' + text.replace("/", "\\/") + '"');
    Path utf16 =
        Files.write(folder.resolve("c"), ("\uFEFF" + text).getBytes(StandardCharsets.UTF_16LE));
    assertHasTwenty(lines);
    assertHasTwenty(escaped);
    assertHasTwenty(utf16);
  }

  @Test
  void a_text_that_is_cut_off_or_damaged_is_one_clear_error() throws IOException {
    String text = Base64.getEncoder().encodeToString(Files.readAllBytes(file));
    Path middle = Files.writeString(folder.resolve("a"), text.substring(0, text.length() / 2 + 1));
    Path aligned = Files.writeString(folder.resolve("b"), text.substring(0, 40_000));
    Path foreign = Files.writeString(folder.resolve("c"), text.replace("AAAA", "A*AA"));
    Path joined = Files.writeString(folder.resolve("d"), text.substring(0, 99) + "=" + text);
    refused(middle, CampError.BAD_BASE64);
    refused(aligned, CampError.CUT_OFF);
    refused(foreign, CampError.BAD_BASE64);
    refused(joined, CampError.BAD_BASE64);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"what?now.db", "100%.db", "a b#c.db", "über 😀.db", "file:x.db", "a;b'c.db"})
  void any_file_name_can_be_opened(String name) throws IOException {
    assertHasTwenty(Files.copy(file, folder.resolve(name)));
  }

  @Test
  void a_link_is_followed_to_the_journals_beside_the_file() throws Exception {
    Path other = Files.createDirectory(folder.resolve("links"));
    Path link = Files.createSymbolicLink(other.resolve("link.db"), file);
    assertHasTwenty(link);
  }

  @Test
  void what_is_no_database_is_one_clear_error() throws IOException {
    refused(folder.resolve("none.db"), CampError.FILE_MISSING);
    refused(folder, CampError.NOT_READABLE);
    refused(Files.createFile(folder.resolve("empty")), CampError.NOT_A_DATABASE);
    refused(Files.writeString(folder.resolve("text"), "SELECT 1"), CampError.NOT_A_DATABASE);
    refused(Files.write(folder.resolve("zeros"), new byte[8192]), CampError.NOT_A_DATABASE);
  }

  @Test
  @Needs(Need.PERMISSIONS)
  void a_file_that_may_not_be_read_is_one_clear_error() throws IOException {
    Files.setPosixFilePermissions(file, java.util.Set.of());
    refused(file, CampError.NOT_READABLE);
  }

  @ParameterizedTest
  @ValueSource(ints = {16, 99, 100, 4095, 4096, 4097, 100_000})
  void a_database_that_is_cut_off_is_one_clear_error(int length) throws IOException {
    byte[] whole = Files.readAllBytes(file);
    refused(Files.write(folder.resolve("cut.db"), Arrays.copyOf(whole, length)), CampError.CUT_OFF);
  }

  @Test
  void damaged_pages_are_one_clear_error() throws IOException {
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      long pages = bytes.length() / 4096;
      for (long page = pages / 2; page < pages; page++) {
        bytes.seek(page * 4096);
        bytes.write(new byte[4096]);
      }
    }
    refused(file, CampError.DAMAGED);
  }

  @Test
  void a_sqlite_file_of_another_program_is_one_clear_error() throws SQLException {
    Path foreign = folder.resolve("foreign.db");
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + foreign)) {
      connection.createStatement().execute("CREATE TABLE sessions (id)");
    }
    assertThatThrownBy(() -> open(foreign))
        .isInstanceOfSatisfying(
            BridgeException.class, e -> assertThat(e.code()).isEqualTo(CampError.NOT_A_CAMP))
        .hasMessageContaining("artifacts, evaluations, lineages, schema_version");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "11", "4000000000", "'nine'", "9.5"})
  void a_schema_version_that_cannot_be_is_one_clear_error(String version) {
    try (CampFixture camp = CampFixture.reopen(file)) {
      camp.sql("DROP TABLE schema_version");
      camp.sql("CREATE TABLE schema_version (version)");
      camp.sql("INSERT INTO schema_version VALUES (" + version + ")");
    }
    refused(file, CampError.VERSION_UNKNOWN);
  }

  @Test
  void a_database_without_a_version_row_is_one_clear_error() {
    try (CampFixture camp = CampFixture.reopen(file)) {
      camp.sql("DELETE FROM schema_version");
    }
    refused(file, CampError.VERSION_UNKNOWN);
  }

  @Test
  void rows_that_break_a_check_are_no_damaged_pages() {
    try (CampFixture camp = CampFixture.reopen(file)) {
      camp.sql("PRAGMA ignore_check_constraints = ON");
      camp.sql("UPDATE evaluations SET score = 99");
    }
    try (CampDatabase database = open(file)) {
      assertThat(database.corpus().attempts()).hasSize(20);
    }
  }

  private void refused(Path path, CampError code) {
    assertThatThrownBy(
            () -> {
              try (CampDatabase database = open(path)) {
                database.corpus().attempts().forEach(a -> {});
              }
            })
        .isInstanceOfSatisfying(
            BridgeException.class,
            e -> {
              assertThat(e.code()).isEqualTo(code);
              assertThat(e.code().exit()).isEqualTo(ExitCode.BAD_INPUT);
              assertThat(e.where()).isEqualTo(path.toString());
            });
  }

  private static void assertHasTwenty(Path path) {
    try (CampDatabase database = open(path)) {
      assertThat(database.corpus().attempts()).hasSize(20);
    }
  }

  private static CampDatabase open(Path path) {
    return CampDatabase.open(path, CampDatabase.Options.DEFAULT);
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(p -> p.getFileName().toString())
          .sorted()
          .toList();
    }
  }

  private static List<FileTime> times(Path folder) throws IOException {
    List<FileTime> times = new ArrayList<>(List.of(Files.getLastModifiedTime(folder)));
    for (String name : names(folder)) {
      times.add(Files.getLastModifiedTime(folder.resolve(name)));
    }
    return times;
  }
}
