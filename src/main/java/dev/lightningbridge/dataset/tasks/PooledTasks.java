package dev.lightningbridge.dataset.tasks;

import dev.lightningbridge.corpus.Attempt;
import dev.lightningbridge.corpus.Corpus;
import dev.lightningbridge.corpus.Session;
import dev.lightningbridge.dataset.CapturedTasks;
import dev.lightningbridge.dataset.InputKey;
import dev.lightningbridge.dataset.PooledSession;
import dev.lightningbridge.dataset.Task;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The tasks of a session and of those that are pooled with it. Each says which session it is of;
 * where several sessions have an input, it is the first one's.
 *
 * @param provided by people, see {@link Tasks#provided}; {@code captured} by {@link CapturedTasks}
 * @param others what each of the pooled sessions brings
 */
public record PooledTasks(List<Task> provided, List<Task> captured, List<PooledSession> others) {
  public static PooledTasks of(Corpus corpus, Session home, List<Session> pooled) {
    List<Task> provided = new ArrayList<>(Tasks.provided(corpus, home.id()));
    List<Task> captured = new ArrayList<>(CapturedTasks.of(corpus, home.id()));
    Set<InputKey> seen = new HashSet<>();
    newInputs(provided, seen);
    newInputs(captured, seen);
    List<PooledSession> others = new ArrayList<>();
    for (Session session : pooled) {
      List<Task> given = Tasks.provided(corpus, session.id());
      List<Task> found = CapturedTasks.of(corpus, session.id());
      others.add(
          new PooledSession(
              session.id(),
              session.name(),
              newInputs(given, seen) + newInputs(found, seen),
              scores(corpus, session.id()),
              corpus.preferences(session.id())));
      provided.addAll(given);
      captured.addAll(found);
    }
    return new PooledTasks(
        Tasks.merged(List.of(provided)), Tasks.merged(List.of(captured)), List.copyOf(others));
  }

  private static int newInputs(List<Task> tasks, Set<InputKey> seen) {
    return (int) tasks.stream().filter(task -> seen.add(InputKey.of(task.input()))).count();
  }

  private static int scores(Corpus corpus, String sessionId) {
    try (Stream<Attempt> attempts = corpus.attempts(sessionId)) {
      return (int) attempts.filter(Attempt::isScoredOutput).count();
    }
  }
}
