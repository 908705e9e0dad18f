package dev.lightningbridge.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A disk of a few megabytes, in memory. */
public final class SmallDisk implements AutoCloseable {
  private final Path folder;

  private SmallDisk(Path folder) {
    this.folder = folder;
  }

  /** Whether this user may mount one. */
  public static boolean canBeMounted() {
    try {
      Path folder = Files.createTempDirectory("bridge-disk");
      try (SmallDisk disk = mounted(folder, 1)) {
        return Files.isDirectory(disk.folder());
      } finally {
        Files.delete(folder);
      }
    } catch (Exception e) {
      return false;
    }
  }

  public static SmallDisk mounted(Path folder, int megabytes) throws Exception {
    Files.createDirectories(folder);
    if (!ran("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", folder.toString())) {
      throw new IOException("no file system could be mounted at " + folder);
    }
    return new SmallDisk(folder);
  }

  public Path folder() {
    return folder;
  }

  /** Takes all the room that is left. */
  public void fill() throws IOException {
    try (OutputStream out = Files.newOutputStream(ballast())) {
      byte[] block = new byte[4096];
      while (true) {
        out.write(block);
      }
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("No space left");
    }
  }

  /** Makes room again. */
  public void empty() throws IOException {
    Files.delete(ballast());
  }

  public void makeReadOnly() throws Exception {
    if (!ran("mount", "-o", "remount,ro", folder.toString())) {
      throw new IOException(folder + " could not be made read-only");
    }
  }

  private Path ballast() {
    return folder.resolve("ballast");
  }

  private static boolean ran(String... command) throws Exception {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getInputStream().readAllBytes();
      return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() throws Exception {
    ran("umount", "-l", folder.toString());
  }
}
