package dev.lightningbridge.runs;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.corpus.Corpus;
import dev.lightningbridge.corpus.Session;
import dev.lightningbridge.dataset.Pool;
import dev.lightningbridge.dataset.PooledSession;
import dev.lightningbridge.dataset.split.Seal;
import dev.lightningbridge.dataset.split.Seals;
import dev.lightningbridge.dataset.tasks.PooledTasks;
import java.util.List;
import java.util.Optional;

/**
 * What a run takes from its session and from those that are pooled with it.
 *
 * @param asked as in {@link dev.lightningbridge.runs.request.OptimizeRequest#pool}
 */
record RunPool(Session home, List<Session> others, PooledTasks tasks, List<String> asked) {
  /**
   * Reads it.
   *
   * @throws BridgeException where there is no such session
   */
  static RunPool of(Corpus corpus, Session home, List<String> asked) {
    LineageChoice.requirePool(corpus, asked);
    List<Session> others = Pool.of(corpus, home, asked);
    return new RunPool(home, others, PooledTasks.of(corpus, home, others), asked);
  }

  /** What was sealed before: what was in one of the others comes into no search either. */
  Seal seal(Seals seals) {
    Seal seal = seals.of(home.id());
    for (Session other : others) {
      seal = seal.besides(seals.of(other.id()));
    }
    return seal;
  }

  /** What was pooled, in a sentence; empty where nobody asked for it. */
  Optional<String> inWords() {
    if (asked.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        others.isEmpty()
            ? "Nothing was pooled: no other session was named, or has the same need."
            : PooledSession.inWords(tasks.others()));
  }
}
