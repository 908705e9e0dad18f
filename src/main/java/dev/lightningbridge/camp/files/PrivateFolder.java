package dev.lightningbridge.camp.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;

/** A temporary folder that only this user can look into; it goes with its files on close. */
public final class PrivateFolder implements AutoCloseable {
  private final Path path;

  private PrivateFolder(Path path) {
    this.path = path;
  }

  public static PrivateFolder create() throws IOException {
    return new PrivateFolder(Files.createTempDirectory("lightning-bridge-"));
  }

  /** A file in it, made where it is not there, readable and writable by this user alone. */
  public Path file(String name) throws IOException {
    Path file = path.resolve(name);
    if (Files.exists(file)) {
      return file;
    }
    Files.createFile(file);
    if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
    return file;
  }

  @Override
  public void close() {
    try (Stream<Path> files = Files.list(path)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.deleteIfExists(file);
      }
      Files.deleteIfExists(path);
    } catch (IOException e) {
      // Nobody can mend that at this point, and the folder is private.
    }
  }
}
