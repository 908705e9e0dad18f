package dev.lightningbridge.dataset;

import dev.lightningbridge.camp.Attempt;
import dev.lightningbridge.camp.Corpus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The distinct inputs that a session's agents were run on, as tasks. Of several spellings of an
 * input ({@link InputKey}) the newest is kept. Their ids are {@link InputKey#taskId}: the same
 * input has the same id in every database. Attempts of every kind count, also failed ones.
 *
 * <p>The texts are read twice, so that a session of any size needs memory only for its keys.
 */
public final class CapturedTasks {
  private final Corpus corpus;
  private final String sessionId;
  private final Map<InputKey, Integer> newest;

  private CapturedTasks(Corpus corpus, String sessionId, Map<InputKey, Integer> newest) {
    this.corpus = corpus;
    this.sessionId = sessionId;
    this.newest = newest;
  }

  /** Reads which inputs the session has. */
  public static CapturedTasks of(Corpus corpus, String sessionId) {
    return of(corpus, sessionId, attempt -> true);
  }

  /** Reads which inputs some of the session's attempts have. */
  public static CapturedTasks of(Corpus corpus, String sessionId, Predicate<Attempt> which) {
    Map<InputKey, Integer> newest = new HashMap<>();
    try (Stream<Attempt> attempts = corpus.attempts(sessionId)) {
      int row = 0;
      for (Iterator<Attempt> i = attempts.iterator(); i.hasNext(); row++) {
        Attempt attempt = i.next();
        if (!attempt.input().isBlank() && which.test(attempt)) {
          newest.put(InputKey.of(attempt.input()), row);
        }
      }
    }
    return new CapturedTasks(corpus, sessionId, newest);
  }

  /** The distinct inputs' keys. */
  public Set<InputKey> keys() {
    return newest.keySet();
  }

  /** Every task, ordered by when its newest spelling was run. */
  public List<Task> list() {
    List<Task> tasks = new ArrayList<>(newest.size());
    forEach((key, task) -> tasks.add(task));
    return tasks;
  }

  /** Hands over every task, in the order of {@link #list}, one at a time. */
  public <E extends Exception> void forEach(TaskReader<E> reader) throws E {
    try (Stream<Attempt> attempts = corpus.attempts(sessionId)) {
      int row = 0;
      for (Iterator<Attempt> i = attempts.iterator(); i.hasNext(); row++) {
        String input = i.next().input();
        if (input.isBlank()) {
          continue;
        }
        InputKey key = InputKey.of(input);
        if (newest.getOrDefault(key, -1) == row) {
          reader.read(
              key, new Task(key.taskId(), input, null, List.of(), sessionId, TaskSource.CAPTURED));
        }
      }
    }
  }

  /** Takes one task. */
  @FunctionalInterface
  public interface TaskReader<E extends Exception> {
    void read(InputKey key, Task task) throws E;
  }
}
