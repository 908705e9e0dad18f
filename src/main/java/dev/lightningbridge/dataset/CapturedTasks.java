package dev.lightningbridge.dataset;

import dev.lightningbridge.corpus.Attempt;
import dev.lightningbridge.corpus.Corpus;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The distinct inputs that a session's agents were run on, as tasks. Of several spellings of an
 * input ({@link InputKey}) the newest is kept, with the tag of the first. Their ids are {@link
 * InputKey#taskId}: the same input has the same id in every database. Attempts of every kind count,
 * also failed ones.
 */
public final class CapturedTasks {
  private CapturedTasks() {}

  /** Reads them, in the order in which each input came up first. */
  public static List<Task> of(Corpus corpus, String sessionId) {
    Map<InputKey, Task> tasks = new LinkedHashMap<>();
    try (Stream<Attempt> attempts = corpus.attempts(sessionId)) {
      for (Iterator<Attempt> i = attempts.iterator(); i.hasNext(); ) {
        Attempt attempt = i.next();
        if (!attempt.input().isBlank()) {
          InputKey key = InputKey.of(attempt.input());
          Task before = tasks.get(key);
          String tag = before == null ? attempt.tag() : before.tag();
          tasks.put(key, task(key, attempt.input(), sessionId, tag));
        }
      }
    }
    return List.copyOf(tasks.values());
  }

  /** The task of one captured input. */
  public static Task task(InputKey key, String input, String sessionId, @Nullable String tag) {
    return new Task(key.taskId(), input, null, List.of(), sessionId, TaskSource.CAPTURED, tag);
  }
}
