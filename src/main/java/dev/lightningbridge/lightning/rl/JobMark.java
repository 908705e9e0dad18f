package dev.lightningbridge.lightning.rl;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A mark in the environment of a job's processes, which those that they start inherit: also agents
 * in sessions of their own, and Ray's, whose parent may be gone. By it they are found and ended,
 * and no other process is.
 *
 * @param value of the environment variable {@value #VARIABLE}
 */
public record JobMark(String value) {
  public static final String VARIABLE = "LIGHTNING_BRIDGE_RL_PROCESS";

  private static final System.Logger LOG = System.getLogger(JobMark.class.getName());
  private static final Path PROCESSES = Path.of("/proc");
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  /** A mark that no process has yet. */
  public static JobMark random() {
    return new JobMark(UUID.randomUUID().toString());
  }

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

  /** Ends all that have the mark, also those that start meanwhile; says how many there were. */
  public int endAll() {
    int ended = 0;
    for (List<ProcessHandle> left = processes(); !left.isEmpty(); left = processes()) {
      List<ProcessHandle> now = left.stream().filter(p -> !ResourceTracker.is(p)).toList();
      if (now.isEmpty() && gone(left)) {
        return ended + left.size();
      }
      // Trackers that did not end by themselves have nothing left to give back.
      List<ProcessHandle> ending = now.isEmpty() ? left : now;
      ended += ending.size();
      ending.forEach(ProcessHandle::destroyForcibly);
      if (!gone(ending)) {
        LOG.log(Level.WARNING, "processes of a training do not end: {0}", ending);
        return ended;
      }
    }
    return ended;
  }

  /** Whether they ended in good time. */
  private static boolean gone(List<ProcessHandle> processes) {
    CompletableFuture<?> all =
        CompletableFuture.allOf(
            processes.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new));
    try {
      all.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException | ExecutionException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Adds the mark to a process that is to be started. */
  void putInto(Map<String, String> environment) {
    environment.put(VARIABLE, value);
  }

  private boolean isMarked(Path folder) {
    try {
      // NUL ends each entry, the first one's beginning is the file's.
      String environment =
          '\0' + Files.readString(folder.resolve("environ"), StandardCharsets.ISO_8859_1);
      return environment.contains('\0' + VARIABLE + '=' + value + '\0');
    } catch (IOException e) {
      // Another user's, or gone meanwhile.
      return false;
    }
  }

  private static Optional<ProcessHandle> process(Path folder) {
    return ProcessHandle.of(Long.parseLong(String.valueOf(folder.getFileName())));
  }
}
