package dev.lightningbridge.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.needs.Need;
import dev.lightningbridge.needs.Needs;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BridgeHomeTest {
  @TempDir Path folder;

  @Test
  void is_made_readable_by_its_owner_only_and_ignored_by_git() throws IOException {
    BridgeHome home = BridgeHome.open(folder.resolve("new/home"));

    assertThat(mode(home.folder())).isEqualTo("rwx------");
    assertThat(home.folder().resolve(".gitignore")).hasContent("*");
    assertThat(mode(home.folder().resolve(".gitignore"))).isEqualTo("rw-------");
    assertThat(home.database()).isEqualTo(folder.resolve("new/home/bridge.db"));
  }

  @Test
  void an_existing_folder_without_a_bridge_db_keeps_its_mode() throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));

    BridgeHome.open(folder);

    assertThat(mode(folder)).isEqualTo("rwxr-xr-x");
    assertThat(folder.toFile().list()).isEmpty();
  }

  @Test
  void a_home_that_was_opened_to_others_is_closed_again() throws IOException {
    BridgeHome home = BridgeHome.open(folder.resolve("home"));
    BridgeDatabase.open(home).close();
    Files.setPosixFilePermissions(home.folder(), PosixFilePermissions.fromString("rwxr-xr-x"));

    BridgeHome.open(home.folder());

    assertThat(mode(home.folder())).isEqualTo("rwx------");
  }

  @Test
  void a_file_in_its_place_is_a_clear_error() throws IOException {
    Path file = Files.writeString(folder.resolve("home"), "x");

    assertThatThrownBy(() -> BridgeHome.open(file))
        .isInstanceOf(BridgeException.class)
        .hasMessageContaining("LB-7001")
        .hasMessageContaining("--home");
    assertThatThrownBy(() -> BridgeHome.open(file.resolve("below")))
        .hasMessageContaining("LB-7001");
  }

  @Test
  void a_place_that_cannot_be_written_is_a_clear_error() {
    assertThatThrownBy(() -> BridgeHome.open(Path.of("/proc/self/home")))
        .isInstanceOf(BridgeException.class)
        .hasMessageContaining("/proc/self/home");
  }

  @Test
  @Needs(Need.SMALL_DISK)
  void a_home_that_a_full_disk_did_not_take_is_made_anew_when_there_is_room() throws Exception {
    try (SmallDisk disk = SmallDisk.mounted(folder.resolve("disk"), 1)) {
      disk.fill();
      Path home = disk.folder().resolve("home");
      assertThatThrownBy(() -> BridgeHome.open(home)).hasMessageContaining("LB-7003");

      disk.empty();
      BridgeHome.open(home);
      assertThat(home.resolve(".gitignore")).hasContent("*");
      assertThat(mode(home)).isEqualTo("rwx------");
    }
  }

  @Test
  void failures_of_the_disk_are_told_apart() {
    assertThat(
            StoreFailure.of(folder, new FileSystemException("f", null, "No space left on device")))
        .hasMessageContaining("LB-7003");
    assertThat(StoreFailure.of(folder, new FileSystemException("f", null, "Read-only file system")))
        .hasMessageContaining("LB-7002");
    assertThat(StoreFailure.of(folder, new AccessDeniedException("f")))
        .hasMessageContaining("LB-7002");
    assertThat(StoreFailure.of(folder, new IOException())).hasMessageContaining("LB-7008");
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
