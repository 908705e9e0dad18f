package dev.lightningbridge.dataset.split;

import dev.lightningbridge.corpus.Attempt;
import dev.lightningbridge.corpus.Corpus;
import dev.lightningbridge.corpus.Session;
import dev.lightningbridge.dataset.InputKey;
import dev.lightningbridge.dataset.PooledSession;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.dataset.tasks.Tasks;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The distinct inputs of one session, or of several that are pooled, and how many scores. */
final class SessionInputs {
  private final Map<InputKey, Wording> wordings = new HashMap<>();
  private final Set<InputKey> answered = new HashSet<>();
  private int scores;

  /** With what people provided; its attempts are still to be added. */
  static SessionInputs provided(Corpus corpus, Session session) {
    SessionInputs inputs = new SessionInputs();
    Tasks.provided(corpus, session.id()).forEach(inputs::add);
    return inputs;
  }

  private void add(Task task) {
    Wording wording = Wording.of(task);
    wordings.put(wording.key(), wording);
    if (task.expected() != null) {
      answered.add(wording.key());
    }
  }

  void add(Attempt attempt) {
    if (!attempt.input().isBlank()) {
      wordings.computeIfAbsent(
          InputKey.of(attempt.input()),
          key -> Wording.captured(key, attempt.input(), attempt.tag()));
    }
    if (attempt.isScoredOutput()) {
      scores++;
    }
  }

  /** A copy, with which others can be pooled. */
  SessionInputs copy() {
    SessionInputs copy = new SessionInputs();
    copy.wordings.putAll(wordings);
    copy.answered.addAll(answered);
    copy.scores = scores;
    return copy;
  }

  /** Takes in those of another session, and says what they bring. */
  PooledSession pool(Corpus corpus, Session session, SessionInputs other) {
    int before = wordings.size();
    other.wordings.forEach(wordings::putIfAbsent);
    answered.addAll(other.answered);
    return new PooledSession(
        session.id(),
        session.name(),
        wordings.size() - before,
        other.scores,
        corpus.preferences(session.id()));
  }

  Collection<Wording> wordings() {
    return wordings.values();
  }

  /** How many of them have the output that is wanted. */
  int answered() {
    return answered.size();
  }
}
