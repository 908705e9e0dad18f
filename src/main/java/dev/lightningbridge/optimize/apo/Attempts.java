package dev.lightningbridge.optimize.apo;

import com.github.difflib.DiffUtils;
import dev.lightningbridge.dataset.Rollout;
import dev.lightningbridge.dataset.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which edits were made of which prompt, and what became of them. Used by one thread. */
final class Attempts {
  /** So many edits of a prompt are told of, the newest. */
  private static final int TOLD = 3;

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
    List<Attempt> known =
        all.stream()
            .filter(attempt -> attempt.parent().equals(parent))
            .filter(attempt -> lead(attempt).tasks() >= FEWEST_TASKS)
            .toList();
    return known.subList(Math.max(0, known.size() - TOLD), known.size()).stream()
        .map(this::tried)
        .toList();
  }

  private Lead lead(Attempt attempt) {
    return Lead.of(attempt.child(), attempt.parent(), tasks, rollouts);
  }

  private Briefing.Tried tried(Attempt attempt) {
    Map<String, Rollout> before =
        rollouts.known(attempt.parent(), tasks).stream()
            .collect(Collectors.toMap(run -> run.task().id(), run -> run));
    int failed = 0;
    int mended = 0;
    List<Rollout> broken = new ArrayList<>();
    for (Rollout run : rollouts.known(attempt.child(), tasks)) {
      Rollout old = before.get(run.task().id());
      int better = old == null ? 0 : Double.compare(reward(run), reward(old));
      failed += old != null && reward(old) < 1 ? 1 : 0;
      mended += better > 0 ? 1 : 0;
      if (better < 0) {
        broken.add(run);
      }
    }
    return new Briefing.Tried(
        attempt.critique(),
        changedLines(attempt.parent().prompt(), attempt.child().prompt()),
        lead(attempt),
        failed,
        mended,
        broken);
  }

  private static double reward(Rollout run) {
    return run.reward().orElseThrow();
  }

  /** The lines that the edit took out, and those that it put in. */
  private static String changedLines(String parent, String child) {
    return DiffUtils.diff(parent.lines().toList(), child.lines().toList()).getDeltas().stream()
        .flatMap(
            delta ->
                Stream.concat(
                    delta.getSource().getLines().stream().map("- "::concat),
                    delta.getTarget().getLines().stream().map("+ "::concat)))
        .filter(line -> line.length() > 2)
        .collect(Collectors.joining("\n"));
  }
}
