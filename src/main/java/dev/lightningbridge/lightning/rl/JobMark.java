package dev.lightningbridge.lightning.rl;

import dev.lightningbridge.common.ProcessMark;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  /** A mark that no process has yet. */
  public static JobMark random() {
    return new JobMark(UUID.randomUUID().toString());
  }

  /** The live processes that have the mark; none where the system has no {@code /proc}. */
  public List<ProcessHandle> processes() {
    return new ProcessMark(VARIABLE, value).processes();
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
}
