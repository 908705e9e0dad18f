package dev.lightningbridge.dataset.export;

import dev.lightningbridge.camp.Corpus;
import dev.lightningbridge.camp.TestCase;
import dev.lightningbridge.dataset.CapturedTasks;
import dev.lightningbridge.dataset.InputKey;
import dev.lightningbridge.dataset.Splitter;
import dev.lightningbridge.dataset.Splitter.Part;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.dataset.Tasks;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The provided and captured tasks of a session, split, of which the new ones are exported. */
final class SessionTasks {
  private final Map<InputKey, Task> provided;
  private final CapturedTasks captured;
  private final Map<InputKey, Part> parts;
  private final Set<InputKey> old;

  private SessionTasks(
      Map<InputKey, Task> provided,
      CapturedTasks captured,
      Map<InputKey, Part> parts,
      Set<InputKey> old) {
    this.provided = provided;
    this.captured = captured;
    this.parts = parts;
    this.old = old;
  }

  static SessionTasks of(Corpus corpus, String sessionId, ExportRequest request, Since since) {
    Map<InputKey, Task> provided = new LinkedHashMap<>();
    Tasks.provided(corpus, sessionId).forEach(t -> provided.put(InputKey.of(t.input()), t));
    Set<InputKey> old = new HashSet<>();
    for (TestCase given : corpus.testCases()) {
      if (given.sessionId().equals(sessionId)
          && !since.isNewByTime(given.createdAt(), given.id())) {
        old.add(InputKey.of(given.input()));
      }
    }
    CapturedTasks captured = CapturedTasks.of(corpus, sessionId);
    old.addAll(CapturedTasks.of(corpus, sessionId, a -> !since.isNewAttempt(a)).keys());

    Map<InputKey, Boolean> real = new LinkedHashMap<>();
    provided.keySet().forEach(key -> real.put(key, true));
    captured.keys().forEach(key -> real.put(key, true));
    return new SessionTasks(
        provided,
        captured,
        Splitter.assign(real, request.plan(), request.seed()).orElse(Map.of()),
        old);
  }

  /** Whether there are enough to seal some; else all are for training. */
  boolean isSplit() {
    return !parts.isEmpty();
  }

  /** Hands over each task that the export before did not have. */
  void forEachNew(TaskWriter writer) throws IOException {
    for (Map.Entry<InputKey, Task> task : provided.entrySet()) {
      write(task.getKey(), task.getValue(), writer);
    }
    captured.forEach(
        (key, task) -> {
          if (!provided.containsKey(key)) {
            write(key, task, writer);
          }
        });
  }

  private void write(InputKey key, Task task, TaskWriter writer) throws IOException {
    if (!old.contains(key)) {
      writer.write(task, parts.getOrDefault(key, Part.TRAIN));
    }
  }

  /** Writes one task. */
  @FunctionalInterface
  interface TaskWriter {
    void write(Task task, Part part) throws IOException;
  }
}
