package dev.lightningbridge.optimize;

import dev.lightningbridge.common.Figures;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Looks at each new prompt of a search before it is run, tells what it does, and counts: one that
 * lost what must stay is mended once, or dropped. The same for every engine. Thread-safe.
 */
public final class GuardedEdits {
  private final PromptGuard guard;
  private final RunEvent.Listener events;
  private int repaired;
  private int incomplete;
  private int tooLong;

  public GuardedEdits(PromptGuard guard, RunEvent.Listener events) {
    this.guard = guard;
    this.events = events;
  }

  public PromptGuard guard() {
    return guard;
  }

  /**
   * The edit as it may be run; empty where it is dropped.
   *
   * @param candidate the name of the prompt that it was made from
   * @param parent that prompt
   */
  public Optional<String> admitted(String candidate, String parent, String edit, int round) {
    Optional<String> fault = guard.fault(edit);
    if (fault.isEmpty()) {
      return Optional.of(edit);
    }
    String mended = guard.lost(edit).isEmpty() ? edit : guard.mended(parent, edit);
    boolean good = guard.fault(mended).isEmpty();
    count(good, guard.lost(mended).isEmpty());
    events.on(new RunEvent.EditGuarded(candidate, round, good, fault.get()));
    return good ? Optional.of(mended) : Optional.empty();
  }

  private synchronized void count(boolean good, boolean complete) {
    if (good) {
      repaired++;
    } else if (complete) {
      tooLong++;
    } else {
      incomplete++;
    }
  }

  /** What was done, each a sentence; none where nothing was. */
  public synchronized List<String> remarks() {
    List<String> remarks = new ArrayList<>();
    if (repaired > 0) {
      remarks.add(
          "%s had lost places, tags or lines that must stay, which were put back."
              .formatted(Figures.counted(repaired, "new prompt")));
    }
    if (incomplete > 0) {
      remarks.add(
          "%s dropped: places, tags or lines that must stay were lost.".formatted(was(incomplete)));
    }
    if (tooLong > 0) {
      remarks.add(
          "%s dropped: more than %s tokens (--max-prompt-tokens)."
              .formatted(was(tooLong), Figures.count(guard.mostTokens())));
    }
    return remarks;
  }

  private static String was(int count) {
    return Figures.counted(count, "new prompt") + (count == 1 ? " was" : " were");
  }
}
