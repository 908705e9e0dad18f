package dev.lightningbridge.dataset.export;

import dev.lightningbridge.camp.Corpus;
import dev.lightningbridge.camp.Session;
import dev.lightningbridge.dataset.CapturedTasks;
import dev.lightningbridge.dataset.InputKey;
import dev.lightningbridge.dataset.Splitter;
import dev.lightningbridge.dataset.Splitter.Part;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.dataset.TaskJson;
import dev.lightningbridge.dataset.Tasks;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * tasks.jsonl: the provided and captured tasks of each session. A session with too few for a split
 * has them all in train: nothing can be sealed there.
 */
final class TasksWriter implements ExportWriter {
  @Override
  public void write(Corpus corpus, ExportRequest request, ExportFolder folder) throws IOException {
    RowFile rows = folder.rows("tasks.jsonl");
    for (Session session : request.sessions(corpus)) {
      Map<InputKey, Task> provided = new LinkedHashMap<>();
      Tasks.provided(corpus, session.id()).forEach(t -> provided.put(InputKey.of(t.input()), t));
      CapturedTasks captured = CapturedTasks.of(corpus, session.id());

      Map<InputKey, Boolean> real = new LinkedHashMap<>();
      provided.keySet().forEach(key -> real.put(key, true));
      captured.keys().forEach(key -> real.put(key, true));
      Map<InputKey, Part> parts =
          Splitter.assign(real, request.plan(), request.seed()).orElse(Map.of());
      folder.count("sessions_without_test", parts.isEmpty() ? 1 : 0);

      CapturedTasks.TaskReader<IOException> write =
          (key, task) -> {
            String split = parts.getOrDefault(key, Part.TRAIN).name().toLowerCase(Locale.ROOT);
            rows.write(TaskJson.write(task).put("split", split));
            folder.count(split, 1);
            folder.count(task.source().name().toLowerCase(Locale.ROOT), 1);
          };
      for (Map.Entry<InputKey, Task> task : provided.entrySet()) {
        write.read(task.getKey(), task.getValue());
      }
      captured.forEach(
          (key, task) -> {
            if (!provided.containsKey(key)) {
              write.read(key, task);
            }
          });
    }
  }
}
