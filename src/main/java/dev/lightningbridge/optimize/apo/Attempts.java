package dev.lightningbridge.optimize.apo;

import dev.lightningbridge.dataset.Task;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which edits were made of which prompt, and what became of them. Used by one thread. */
final class Attempts {
  /** So many edits of a prompt are told of, the newest. */
  private static final int TOLD = 4;

  /** On fewer tasks nothing is known of an edit. */
  private static final int FEWEST_TASKS = 4;

  private final List<Task> tasks;
  private final Rollouts rollouts;
  private final List<Attempt> all = new ArrayList<>();

  private record Attempt(Candidate parent, Candidate child, String critique) {}

  Attempts(List<Task> tasks, Rollouts rollouts) {
    this.tasks = tasks;
    this.rollouts = rollouts;
  }

  /** An edit was made; without a critique there is nothing to tell. */
  void add(Candidate parent, Candidate child, @Nullable String critique) {
    if (critique != null) {
      all.add(new Attempt(parent, child, critique));
    }
  }

  /** What was tried from the prompt and is known, the oldest first. */
  List<Briefing.Tried> of(Candidate parent) {
    List<Briefing.Tried> tried =
        all.stream()
            .filter(attempt -> attempt.parent().equals(parent))
            .map(
                attempt ->
                    new Briefing.Tried(
                        attempt.critique(), Lead.of(attempt.child(), parent, tasks, rollouts)))
            .filter(one -> one.lead().tasks() >= FEWEST_TASKS)
            .toList();
    return tried.subList(Math.max(0, tried.size() - TOLD), tried.size());
  }
}
