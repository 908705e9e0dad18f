package dev.lightningbridge.lightning;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * How the worker process is run and when it is given up.
 *
 * @param entry Python module and function that do the run, joined by a colon
 * @param pythonPath further folders with Python modules
 * @param start how long Python may take until it is ready to work
 * @param silence how long the process, or Python in it, may show no sign of life
 * @param standstill how long nothing may happen while no rollout is running
 * @param cancel how long the process may take to end cleanly once it is asked to
 * @param modelCall how long a call of critic or editor may take
 */
record WorkerSettings(
    String entry,
    List<Path> pythonPath,
    Duration start,
    Duration silence,
    Duration standstill,
    Duration cancel,
    Duration modelCall) {
  static final WorkerSettings DEFAULT =
      new WorkerSettings(
          "lightning_bridge.apo:run",
          List.of(),
          Duration.ofMinutes(3),
          Duration.ofMinutes(2),
          Duration.ofMinutes(25),
          Duration.ofSeconds(3),
          Duration.ofMinutes(20));

  /** Of fine-tuning. */
  static final WorkerSettings TUNING = training("lightning_bridge.tuning:run");

  /** Of reinforcement learning. */
  static final WorkerSettings RL = training("lightning_bridge.rl_train:run");

  /** Models take long to load, and a step, which may be all of its rollouts, long to do. */
  private static WorkerSettings training(String entry) {
    return new WorkerSettings(
        entry,
        List.of(),
        Duration.ofMinutes(30),
        Duration.ofMinutes(10),
        Duration.ofHours(6),
        Duration.ofSeconds(10),
        Duration.ZERO);
  }

  WorkerSettings withEntry(String value, Path folder) {
    return new WorkerSettings(
        value, List.of(folder), start, silence, standstill, cancel, modelCall);
  }

  WorkerSettings withPatience(Duration start, Duration silence, Duration standstill) {
    return new WorkerSettings(entry, pythonPath, start, silence, standstill, cancel, modelCall);
  }
}
