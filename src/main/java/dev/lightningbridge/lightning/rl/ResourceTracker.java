package dev.lightningbridge.lightning.rl;

/**
 * Python's process that gives shared memory back when the processes that made it are gone, however
 * they ended. It then ends by itself; ended before, it would leave that memory taken.
 */
public final class ResourceTracker {
  private static final String MODULE = "multiprocessing.resource_tracker";

  private ResourceTracker() {}

  /** Whether the process is one. */
  public static boolean is(ProcessHandle process) {
    return process.info().commandLine().filter(line -> line.contains(MODULE)).isPresent();
  }

  /** Ends what the process started at once, but for these. */
  public static void endOthers(ProcessHandle process) {
    process
        .descendants()
        .filter(descendant -> !is(descendant))
        .forEach(ProcessHandle::destroyForcibly);
  }
}
