package dev.lightningbridge.common;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A mark in a process's environment, which those that it starts inherit: also those in sessions of
 * their own, whose parent may be gone. By it they are found, and no other process is.
 *
 * @param variable the environment variable, {@code value} what it has
 */
public record ProcessMark(String variable, String value) {
  private static final System.Logger LOG = System.getLogger(ProcessMark.class.getName());
  private static final Path PROCESSES = Path.of("/proc");

  /** How often a process that is just being started is looked at, and how long between, in ms. */
  private static final int LOOKS = 200;

  private static final long BETWEEN_LOOKS = 5;

  /** The live processes that have the mark; none where the system has no {@code /proc}. */
  public List<ProcessHandle> processes() {
    List<ProcessHandle> found = new ArrayList<>();
    if (!Files.isDirectory(PROCESSES)) {
      return found;
    }
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(PROCESSES, "[0-9]*")) {
      for (Path folder : folders) {
        if (isMarked(folder)) {
          process(folder).filter(ProcessHandle::isAlive).ifPresent(found::add);
        }
      }
    } catch (IOException e) {
      LOG.log(Level.WARNING, "processes cannot be listed: {0}", e.getMessage());
    }
    return found;
  }

  private boolean isMarked(Path folder) {
    try {
      String environment = read(folder, "environ");
      for (int looks = 0; environment.isEmpty() && isStarting(folder) && looks < LOOKS; looks++) {
        Thread.sleep(BETWEEN_LOOKS);
      }
      if (environment.isEmpty()) {
        environment = read(folder, "environ");
      }
      // NUL ends each entry, the first one's beginning is the file's.
      return ('\0' + environment).contains('\0' + variable + '=' + value + '\0');
    } catch (IOException e) {
      // Another user's, or gone meanwhile.
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * Whether it has its program, but neither its arguments nor its environment yet: between the two
   * the kernel lets others run. The kernel's own threads have no program.
   */
  private static boolean isStarting(Path folder) throws IOException {
    return read(folder, "cmdline").isEmpty() && Files.exists(folder.resolve("exe"));
  }

  private static String read(Path folder, String file) throws IOException {
    return Files.readString(folder.resolve(file), StandardCharsets.ISO_8859_1);
  }

  private static Optional<ProcessHandle> process(Path folder) {
    return ProcessHandle.of(Long.parseLong(String.valueOf(folder.getFileName())));
  }
}
