package dev.lightningbridge.store;

import dev.lightningbridge.common.BridgeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * The folder that holds everything Lightning Bridge keeps: bridge.db, backups, reports. Only its
 * owner can read it (mode 700), and git ignores what is in it.
 */
public final class BridgeHome {
  /** Where it is unless {@code --home} says otherwise. */
  public static final Path DEFAULT = Path.of(".lightning-bridge");

  private static final String DATABASE = "bridge.db";

  private final Path folder;

  private BridgeHome(Path folder) {
    this.folder = folder;
  }

  /**
   * Opens the folder; makes it where it is missing. A folder that was there before and holds no
   * bridge.db keeps its mode: it is somebody else's too.
   *
   * @throws BridgeException LB-7001, LB-7002 or LB-7003 where it cannot be used
   */
  public static BridgeHome open(Path folder) {
    Path home = folder.toAbsolutePath().normalize();
    try {
      if (Files.exists(home) && !Files.isDirectory(home)) {
        throw new BridgeException(
            StoreError.HOME_NOT_A_FOLDER,
            "The home folder is a file",
            home.toString(),
            "Name a folder with --home.");
      }
      boolean made = !Files.isDirectory(home);
      Files.createDirectories(home);
      if (made || Files.exists(home.resolve(DATABASE))) {
        keepPrivate(home);
      }
      if (made) {
        ignoreAll(home);
      }
      // Permission bits do not tell about read-only mounts and full disks: only writing does.
      Path probe = Files.createTempFile(home, ".probe", "");
      try {
        Files.writeString(probe, "written");
      } finally {
        Files.delete(probe);
      }
      return new BridgeHome(home);
    } catch (IOException e) {
      throw StoreFailure.of(home, e);
    }
  }

  /** Whether the folder holds a bridge.db; nothing is made. */
  public static boolean hasDatabase(Path folder) {
    return Files.isRegularFile(folder.resolve(DATABASE));
  }

  /** A folder that could not get its file is taken away again, or it would never get one. */
  private static void ignoreAll(Path home) throws IOException {
    Path file = home.resolve(".gitignore");
    try {
      PrivateFile.ensure(file);
      Files.writeString(file, "*\n");
    } catch (IOException e) {
      Files.deleteIfExists(file);
      Files.delete(home);
      throw e;
    }
  }

  private static void keepPrivate(Path home) throws IOException {
    if (home.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Set<PosixFilePermission> owner = PosixFilePermissions.fromString("rwx------");
      if (!Files.getPosixFilePermissions(home).equals(owner)) {
        Files.setPosixFilePermissions(home, owner);
      }
    }
  }

  public Path folder() {
    return folder;
  }

  /** The file of bridge.db, which need not be there yet. */
  public Path database() {
    return folder.resolve(DATABASE);
  }

  @Override
  public String toString() {
    return folder.toString();
  }
}
