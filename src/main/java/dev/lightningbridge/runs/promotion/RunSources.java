package dev.lightningbridge.runs.promotion;

import dev.lightningbridge.camp.CampDatabase;
import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.corpus.Attempt;
import dev.lightningbridge.corpus.Corpus;
import dev.lightningbridge.corpus.Directive;
import dev.lightningbridge.corpus.Lineage;
import dev.lightningbridge.corpus.Score;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.dataset.TaskSource;
import dev.lightningbridge.findings.Source;
import dev.lightningbridge.findings.SourceTexts;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The texts from outside that a run had to do with: what the rows of its sessions say now,
 * whoever's agent they are of, and the tasks that it was given beside them.
 *
 * @param tasks the run's
 * @param sandbox whether the run was simulated: comments and directives are none then, since
 *     simulated people and the simulated editor say the same lines
 */
public record RunSources(Path camp, List<String> sessions, List<Task> tasks, boolean sandbox)
    implements SourceTexts {
  /**
   * {@inheritDoc}
   *
   * @throws BridgeException where the database cannot be read
   */
  @Override
  public void each(BiConsumer<Source, String> taker) {
    try (CampDatabase database = CampDatabase.open(camp, new CampDatabase.Options(true))) {
      each(database.corpus(), taker);
    }
    tasks.stream()
        .filter(task -> task.source() != TaskSource.CAPTURED)
        .forEach(
            task -> {
              give(taker, "task", task.id(), task.input());
              give(taker, "task", task.id(), task.expectedText());
            });
  }

  private void each(Corpus corpus, BiConsumer<Source, String> taker) {
    corpus.sessions().stream()
        .filter(session -> sessions.contains(session.id()))
        .forEach(
            session ->
                Stream.of(
                        session.name(),
                        session.need(),
                        session.constraints(),
                        session.inputPrompt())
                    .forEach(text -> give(taker, "session", session.id(), text)));
    Set<String> lineages =
        corpus.lineages().stream()
            .filter(lineage -> sessions.contains(lineage.sessionId()))
            .map(Lineage::id)
            .collect(Collectors.toSet());
    corpus.directives().stream()
        .filter(said -> lineages.contains(said.lineageId()))
        .filter(said -> !sandbox)
        .forEach(
            said ->
                give(
                    taker,
                    said.kind() == Directive.Kind.COMMENT ? Source.COMMENT : Source.DIRECTIVE,
                    said.rowId(),
                    said.text()));
    corpus.comparisons().stream()
        .filter(choice -> sessions.contains(choice.sessionId()) && !sandbox)
        .forEach(choice -> give(taker, Source.COMMENT, choice.eventId(), choice.reason()));
    corpus.insights().stream()
        .filter(insight -> sessions.contains(insight.sessionId()) && !sandbox)
        .forEach(insight -> give(taker, "insight", insight.id(), insight.pattern()));
    corpus.testCases().stream()
        .filter(given -> sessions.contains(given.sessionId()))
        .forEach(
            given ->
                Stream.of(given.name(), given.input(), given.expected())
                    .forEach(text -> give(taker, "test case", given.id(), text)));
    for (String session : sessions) {
      try (Stream<Attempt> attempts = corpus.attempts(session)) {
        attempts.forEach(attempt -> each(attempt, taker));
      }
    }
  }

  private void each(Attempt attempt, BiConsumer<Source, String> taker) {
    give(taker, "input", attempt.id(), attempt.input());
    give(taker, Source.OUTPUT, attempt.id(), attempt.output());
    Score score = attempt.score();
    if (score != null && !sandbox) {
      String event = score.eventId();
      give(taker, Source.COMMENT, event == null ? attempt.id() : event, score.comment());
    }
  }

  private static void give(
      BiConsumer<Source, String> taker, String kind, String id, @Nullable String text) {
    if (text != null && !text.isBlank()) {
      taker.accept(new Source(kind, id), text);
    }
  }
}
