package dev.lightningbridge.runs;

import dev.lightningbridge.model.Spend;
import dev.lightningbridge.optimize.RunEvent;
import dev.lightningbridge.optimize.verdict.RolloutCounts;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Writes a run's events into bridge.db and then shows them; knows the candidates by their prompts
 * and keeps each of them once, whoever names it. Thread-safe: one event at a time.
 */
public final class RunRecorder implements RunEvent.Listener {
  private final RunStore runs;
  private final String runId;
  private final RunEvent.Listener watcher;
  private final Map<String, String> candidates = new HashMap<>();
  private final Set<String> names = new HashSet<>();
  private RolloutCounts searched = RolloutCounts.NONE;
  private boolean testing;

  public RunRecorder(RunStore runs, String runId, RunEvent.Listener watcher) {
    this.runs = runs;
    this.runId = runId;
    this.watcher = watcher;
  }

  @Override
  public synchronized void on(RunEvent event) {
    if (event instanceof RunEvent.CandidateMade made) {
      if (!names.add(made.candidate())) {
        return;
      }
      candidates.putIfAbsent(made.prompt(), made.candidate());
    }
    if (event instanceof RunEvent.PhaseStarted phase) {
      testing = phase.name().equals("test");
    }
    if (event instanceof RunEvent.RolloutFinished rollout && !testing) {
      searched = searched.plus(rollout);
    }
    runs.log().append(runId, event);
    watcher.on(event);
  }

  @Override
  public void spending(Supplier<Spend> spent) {
    watcher.spending(spent);
  }

  @Override
  public boolean goesOn(RunEvent.StartAtZero start) {
    return watcher.goesOn(start);
  }

  /** Whether the run went on before, in a process that was broken off, though its start got 0. */
  public boolean wentOnAtZero() {
    String type = RunLog.type(RunEvent.WentOnAtZero.class);
    return runs.log().events(runId).stream().anyMatch(event -> event.type().equals(type));
  }

  /** What became of the rollouts before the sealed test. */
  public synchronized RolloutCounts searched() {
    return searched;
  }

  /** The first candidate with this prompt; the seed prompt's name where the engine named none. */
  public synchronized String nameOf(String prompt) {
    return candidates.getOrDefault(prompt, "v0");
  }
}
