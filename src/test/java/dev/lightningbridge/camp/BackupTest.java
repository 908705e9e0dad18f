package dev.lightningbridge.camp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lightningbridge.corpus.PromotionRequest;
import dev.lightningbridge.corpus.Written;
import dev.lightningbridge.needs.Need;
import dev.lightningbridge.needs.Needs;
import dev.lightningbridge.store.SmallDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-03-01T12:30:45Z"), ZoneOffset.UTC);

  @TempDir Path folder;
  private Path file;
  private String session;
  private String lineage;
  private String agent;

  @BeforeEach
  void aDatabaseOfMoreThanAMegabyte() {
    file = camp(folder.resolve("camp.db"));
  }

  private Path camp(Path place) {
    try (CampFixture camp = CampFixture.create(place, 9)) {
      session = camp.session("Tickets", "Sort tickets", "Ticket 1");
      lineage = camp.lineage(session, "A");
      agent = camp.agent(lineage, "Be brief.");
      camp.sql("INSERT INTO payload_blobs VALUES ('big', hex(randomblob(700000)), 0)");
    }
    return place;
  }

  private Written promote(Path place) {
    return AgentVersionWriter.open(place, CLOCK, UUID::randomUUID)
        .promote(
            new PromotionRequest(
                "run",
                session,
                lineage,
                agent,
                "Be brief.",
                "Be kind.",
                null,
                "It does better",
                "It is better.",
                false,
                null));
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void aBackupIsTheOnlyFileThatIsMade() throws IOException {
    Written written = promote(file);
    assertThat(written.backup()).isEqualTo(folder.resolve("camp.db.backup-20260301-123045"));
    assertThat(names(folder)).containsExactly("camp.db", "camp.db.backup-20260301-123045");
  }

  @Test
  @Needs(Need.SMALL_DISK)
  void whereTheDiskIsFullNothingIsLeftOfItAndNothingIsWritten() throws Exception {
    try (SmallDisk disk = SmallDisk.mounted(folder.resolve("disk"), 2)) {
      Path place = camp(disk.folder().resolve("camp.db"));
      byte[] before = Files.readAllBytes(place);
      assertThatThrownBy(() -> promote(place)).hasMessageContaining("LB-1056");
      assertThat(names(disk.folder())).containsExactly("camp.db");
      assertThat(Files.readAllBytes(place)).isEqualTo(before);
    }
  }

  @Test
  @Needs(Need.SMALL_DISK)
  void whereTheFolderCannotBeWrittenNothingIsLeftEither() throws Exception {
    try (SmallDisk disk = SmallDisk.mounted(folder.resolve("disk"), 8)) {
      Path place = camp(disk.folder().resolve("camp.db"));
      disk.makeReadOnly();
      assertThatThrownBy(() -> Backup.of(place, CLOCK)).hasMessageContaining("LB-1056");
      assertThat(names(disk.folder())).containsExactly("camp.db");
    }
  }

  @Test
  void whereNoNameIsFreeNothingIsLeft() throws IOException {
    for (int i = 1; i <= 100; i++) {
      String number = i == 1 ? "" : "-" + i;
      Files.createDirectory(folder.resolve("camp.db.backup-20260301-123045" + number));
    }
    assertThatThrownBy(() -> promote(file)).hasMessageContaining("LB-1056");
    assertThat(names(folder)).hasSize(101).noneMatch(name -> name.endsWith(".part"));
  }

  @Test
  void aDamagedDatabaseIsNotBackedUp() throws IOException {
    Path damaged = folder.resolve("damaged.db");
    byte[] bytes = Files.readAllBytes(file);
    Arrays.fill(bytes, 40_960, 200_000, (byte) 7);
    Files.write(damaged, bytes);
    assertThatThrownBy(() -> Backup.of(damaged, CLOCK)).hasMessageContaining("LB-1056");
    assertThat(names(folder)).containsExactly("camp.db", "damaged.db");
  }

  @Test
  void ofAWritingThatIsTakenBackNoBackupStays() throws IOException {
    try (CampFixture camp = CampFixture.reopen(file)) {
      camp.sql("CREATE UNIQUE INDEX one ON agent_definitions (lineage_id)");
    }
    assertThatThrownBy(() -> promote(file)).hasMessageContaining("UNIQUE");
    assertThat(names(folder)).containsExactly("camp.db");
  }

  @Test
  void aPromptWithControlCharactersIsNeverWritten() throws IOException {
    byte[] before = Files.readAllBytes(file);
    assertThatThrownBy(
            () ->
                AgentVersionWriter.open(file, CLOCK, UUID::randomUUID)
                    .promote(
                        new PromotionRequest(
                            "run",
                            session,
                            lineage,
                            agent,
                            "Be brief.",
                            "Be kind." + (char) 0,
                            null,
                            "It does better",
                            "It is better.",
                            false,
                            null)))
        .hasMessageContaining("LB-1062");
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
    assertThat(names(folder)).containsExactly("camp.db");
  }
}
