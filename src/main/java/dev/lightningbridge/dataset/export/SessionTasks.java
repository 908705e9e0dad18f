package dev.lightningbridge.dataset.export;

import dev.lightningbridge.corpus.Attempt;
import dev.lightningbridge.corpus.AttemptKind;
import dev.lightningbridge.corpus.Corpus;
import dev.lightningbridge.corpus.TestCase;
import dev.lightningbridge.dataset.CapturedTasks;
import dev.lightningbridge.dataset.InputKey;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.dataset.split.Splitter;
import dev.lightningbridge.dataset.split.Splitter.Part;
import dev.lightningbridge.dataset.split.Wording;
import dev.lightningbridge.dataset.tasks.Tasks;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The provided and captured tasks of a session, split, of which the new ones are exported. The
 * attempts are read once; the inputs wait on the disk.
 */
final class SessionTasks {
  private final String sessionId;
  private final TextSpill texts;
  private final Map<InputKey, Task> provided = new LinkedHashMap<>();
  private final Map<InputKey, Long> captured = new LinkedHashMap<>();
  private final Map<InputKey, Wording> wordings = new LinkedHashMap<>();
  private final Set<InputKey> old = new HashSet<>();
  private final Map<String, ScoreSum> scores = new HashMap<>();
  private Optional<Splitter.Assignment> assignment = Optional.empty();

  private record ScoreSum(long sum, long count) {
    static final ScoreSum NONE = new ScoreSum(0, 0);

    ScoreSum plus(int score) {
      return new ScoreSum(sum + score, count + 1);
    }
  }

  private SessionTasks(String sessionId, TextSpill texts) {
    this.sessionId = sessionId;
    this.texts = texts;
  }

  static SessionTasks of(
      Corpus corpus, String sessionId, ExportRequest request, Since since, TextSpill texts)
      throws IOException {
    SessionTasks tasks = new SessionTasks(sessionId, texts);
    tasks.readProvided(corpus, since);
    try (Stream<Attempt> attempts = corpus.attempts(sessionId)) {
      for (Iterator<Attempt> i = attempts.iterator(); i.hasNext(); ) {
        tasks.read(i.next(), since);
      }
    }
    tasks.assignment =
        Splitter.of(tasks.wordings.values(), request.seals().of(sessionId)).assign(request.plan());
    return tasks;
  }

  private void readProvided(Corpus corpus, Since since) {
    for (Task task : Tasks.provided(corpus, sessionId)) {
      Wording wording = Wording.of(task);
      provided.put(wording.key(), task);
      wordings.put(wording.key(), wording);
    }
    for (TestCase given : corpus.testCases()) {
      if (given.sessionId().equals(sessionId)
          && !since.isNewByTime(given.createdAt(), given.id())) {
        old.add(InputKey.of(given.input()));
      }
    }
  }

  private void read(Attempt attempt, Since since) throws IOException {
    if (attempt.kind() == AttemptKind.SCORED && attempt.score() != null) {
      int score = attempt.score().value();
      scores.merge(attempt.lineageId(), ScoreSum.NONE.plus(score), (a, b) -> a.plus(score));
    }
    if (!attempt.input().isBlank()) {
      InputKey key = InputKey.of(attempt.input());
      captured.put(key, texts.put(attempt.input()));
      wordings.computeIfAbsent(key, k -> Wording.captured(k, attempt.input(), attempt.tag()));
      if (!since.isNewAttempt(attempt)) {
        old.add(key);
      }
    }
  }

  /** Whether there are enough to seal some; else all are for training. */
  boolean isSplit() {
    return assignment.isPresent();
  }

  /** The mean current score of a lineage's outputs; 0 where none has any. */
  double meanScore(String lineageId) {
    ScoreSum sum = scores.getOrDefault(lineageId, ScoreSum.NONE);
    return sum.count() == 0 ? 0 : (double) sum.sum() / sum.count();
  }

  /** Hands over each task that the export before did not have. */
  void forEachNew(TaskWriter writer) throws IOException {
    for (Map.Entry<InputKey, Task> task : provided.entrySet()) {
      if (!old.contains(task.getKey())) {
        writer.write(task.getValue(), part(task.getKey()));
      }
    }
    for (Map.Entry<InputKey, Long> input : captured.entrySet()) {
      InputKey key = input.getKey();
      if (!old.contains(key) && !provided.containsKey(key)) {
        String text = texts.get(input.getValue());
        writer.write(
            CapturedTasks.task(
                key, text, sessionId, Objects.requireNonNull(wordings.get(key)).tag()),
            part(key));
      }
    }
  }

  /** What is in no set of this split was sealed with another seed. */
  private Part part(InputKey key) {
    Part part = assignment.map(split -> split.part(key)).orElse(Part.TRAIN);
    return part == Part.ASIDE ? Part.TEST : part;
  }

  /** Writes one task. */
  @FunctionalInterface
  interface TaskWriter {
    void write(Task task, Part part) throws IOException;
  }
}
