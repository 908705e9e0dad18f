package dev.lightningbridge.optimize.apo;

import dev.lightningbridge.common.Figures;
import dev.lightningbridge.optimize.RunEvent;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The tasks of which critics think that what is expected is wrong. Used by one thread. */
final class Doubts {
  private static final int SHOWN = 10;

  /** A critic that doubts more than this share of all tasks is not believed further. */
  private static final double BELIEVED = 0.1;

  private final RunEvent.Listener events;
  private final long mostAside;
  private final Set<String> tasks = new LinkedHashSet<>();

  /**
   * @param all how many tasks the search has
   */
  Doubts(RunEvent.Listener events, int all) {
    this.events = events;
    mostAside = Math.max(2, Math.round(BELIEVED * all));
  }

  void add(Set<String> doubted) {
    for (String task : doubted) {
      if (tasks.add(task)) {
        events.on(
            new RunEvent.Note(
                "warning", "A critic thinks that what task %s expects is wrong.".formatted(task)));
      }
    }
  }

  /** Whether letters leave out runs on the task: among the first that were doubted. */
  boolean isAside(String task) {
    return tasks.stream().limit(mostAside).anyMatch(task::equals);
  }

  /** A sentence that names them; none where there are none. */
  List<String> remarks() {
    return tasks.isEmpty()
        ? List.of()
        : List.of(
            "Critics think that what is expected looks wrong on %s: %s%s. Have a look at them."
                .formatted(
                    Figures.counted(tasks.size(), "task"),
                    tasks.stream().limit(SHOWN).collect(Collectors.joining(", ")),
                    tasks.size() > SHOWN ? ", …" : ""));
  }
}
