package dev.lightningbridge.dataset.export;

import dev.lightningbridge.corpus.Corpus;
import dev.lightningbridge.corpus.Session;
import dev.lightningbridge.dataset.split.Splitter.Part;
import dev.lightningbridge.dataset.tasks.TaskJson;
import java.io.IOException;
import java.util.Locale;

/**
 * tasks.jsonl: the provided and captured tasks of each session. A session with too few for a split
 * has them all in train: nothing can be sealed there.
 */
final class TasksWriter implements ExportWriter {
  @Override
  public void write(Corpus corpus, ExportRequest request, Since since, ExportFolder folder)
      throws IOException {
    RowFile rows = folder.rows("tasks");
    for (Session session : request.sessions(corpus)) {
      try (TextSpill texts = folder.spill()) {
        SessionTasks tasks = SessionTasks.of(corpus, session.id(), request, since, texts);
        folder.count("sessions_without_test", tasks.isSplit() ? 0 : 1);
        tasks.forEachNew(
            (task, part) -> {
              rows.write(TaskJson.write(task).put("split", label(part)));
              folder.count(label(part), 1);
              folder.count(task.source().name().toLowerCase(Locale.ROOT), 1);
            });
      }
    }
  }

  private static String label(Part part) {
    return part.name().toLowerCase(Locale.ROOT);
  }
}
