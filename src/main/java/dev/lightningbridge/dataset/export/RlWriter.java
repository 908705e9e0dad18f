package dev.lightningbridge.dataset.export;

import dev.lightningbridge.corpus.AgentVersion;
import dev.lightningbridge.corpus.Corpus;
import dev.lightningbridge.corpus.Session;
import dev.lightningbridge.dataset.DatasetError;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.dataset.split.Splitter.Part;
import dev.lightningbridge.dataset.tasks.TaskJson;
import java.io.IOException;
import java.util.Comparator;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * rl-train.jsonl and rl-validation.jsonl: rows for the trainer of agentlightning 1.0, which hands
 * every column of a row to the agent. All columns are texts in every row, empty where there is
 * nothing to say. The prompt is that of the session's best lineage today. The sealed test tasks are
 * in neither file.
 */
final class RlWriter implements ExportWriter {
  /**
   * @param checks JSON, as in a file of tasks
   * @param grading what a judge of the output goes by
   */
  record Row(
      String id,
      String input,
      String expected,
      String checks,
      String grading,
      String systemPrompt,
      String agentVersionId,
      String sessionId,
      String source) {}

  @Override
  public void write(Corpus corpus, ExportRequest request, Since since, ExportFolder folder)
      throws IOException {
    RowFile train = folder.rows("rl-train");
    RowFile validation = folder.rows("rl-validation");
    for (Session session : request.sessions(corpus)) {
      try (TextSpill texts = folder.spill()) {
        SessionTasks tasks = SessionTasks.of(corpus, session.id(), request, since, texts);
        Optional<AgentVersion> agent = bestAgent(corpus, session.id(), tasks);
        if (agent.isEmpty()) {
          folder.skip(
              session.id(), DatasetError.SESSION_WITHOUT_AGENT, "it has no lineage with an agent");
          continue;
        }
        folder.count("sessions_without_test", tasks.isSplit() ? 0 : 1);
        tasks.forEachNew(
            (task, part) -> {
              folder.count(part == Part.TEST ? "sealed" : part.name().toLowerCase(Locale.ROOT), 1);
              if (part != Part.TEST) {
                (part == Part.TRAIN ? train : validation).write(row(task, session, agent.get()));
              }
            });
      }
    }
  }

  private static Row row(Task task, Session session, AgentVersion agent) {
    return new Row(
        task.id(),
        task.input(),
        Objects.requireNonNullElse(task.expectedText(), ""),
        TaskJson.checks(task.checks()).toString(),
        grading(session),
        agent.systemPrompt(),
        agent.id(),
        session.id(),
        task.source().name().toLowerCase(Locale.ROOT));
  }

  private static String grading(Session session) {
    return session.constraints() == null || session.constraints().isBlank()
        ? session.need()
        : session.need() + "\n\nConstraints: " + session.constraints();
  }

  /** Today's agent of the lineage with the best mean score; of the first one where none has any. */
  private static Optional<AgentVersion> bestAgent(
      Corpus corpus, String sessionId, SessionTasks tasks) {
    return corpus.lineages().stream()
        .filter(l -> l.sessionId().equals(sessionId))
        .sorted(Comparator.comparingDouble(l -> -tasks.meanScore(l.id())))
        .map(l -> corpus.currentAgent(l.id()))
        .flatMap(Optional::stream)
        .findFirst();
  }
}
