package dev.lightningbridge.dataset.export;

import dev.lightningbridge.camp.Corpus;
import dev.lightningbridge.camp.Session;
import dev.lightningbridge.dataset.CapturedTasks;
import dev.lightningbridge.dataset.InputKey;
import dev.lightningbridge.dataset.Splitter;
import dev.lightningbridge.dataset.Splitter.Part;
import dev.lightningbridge.dataset.TaskJson;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * tasks.jsonl: the distinct inputs of each session. A session with too few for a split has them all
 * in train: nothing can be sealed there.
 */
final class TasksWriter implements ExportWriter {
  @Override
  public void write(Corpus corpus, ExportRequest request, ExportFolder folder) throws IOException {
    RowFile rows = folder.rows("tasks.jsonl");
    for (Session session : request.sessions(corpus)) {
      CapturedTasks tasks = CapturedTasks.of(corpus, session.id());
      Map<InputKey, Boolean> real = new LinkedHashMap<>();
      tasks.keys().forEach(key -> real.put(key, true));
      Map<InputKey, Part> parts =
          Splitter.assign(real, request.plan(), request.seed()).orElse(Map.of());
      if (parts.isEmpty()) {
        folder.count("sessions_with_too_few", 1);
      }
      tasks.forEach(
          (key, task) -> {
            String split = parts.getOrDefault(key, Part.TRAIN).name().toLowerCase(Locale.ROOT);
            rows.write(TaskJson.write(task).put("split", split));
            folder.count(split, 1);
          });
    }
  }
}
