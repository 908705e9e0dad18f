package dev.lightningbridge.web;

import dev.lightningbridge.common.Figures;
import dev.lightningbridge.optimize.RunEvent;
import dev.lightningbridge.runs.RunLog.StoredEvent;
import dev.lightningbridge.runs.report.Text;
import java.util.List;
import java.util.Optional;

/** A line of a run's log: what happened, in words. */
record LogLine(Moment at, String kind, String text) {
  /**
   * The newest first, without the single rollouts and judgements, which only the counts show, and a
   * training's steps, which have a table.
   *
   * @param training whether the candidates are models, with the same prompt
   */
  static List<LogLine> of(List<StoredEvent> events, boolean training) {
    return events.reversed().stream().flatMap(e -> line(e, training).stream()).toList();
  }

  private static Optional<LogLine> line(StoredEvent stored, boolean training) {
    return words(stored.event(), training)
        .map(text -> new LogLine(Moment.of(stored.at()), kind(stored.event()), text));
  }

  private static String kind(RunEvent event) {
    return event instanceof RunEvent.Note note && !note.level().equals("info") ? "warning" : "info";
  }

  private static Optional<String> words(RunEvent event, boolean training) {
    return switch (event) {
      case RunEvent.RolloutFinished e ->
          Optional.ofNullable(e.failure())
              .map(why -> "A rollout on task %s failed: %s".formatted(e.taskId(), why.cause()));
      case RunEvent.OutputJudged e -> Optional.empty();
      case RunEvent.Resumed e ->
          Optional.of("Going on from the journal; no finished call is repeated");
      case RunEvent.PhaseStarted e ->
          Optional.of(
              switch (e.name()) {
                case "judge" ->
                    "Comparing the judge with people: %d judgements".formatted(e.plannedRollouts());
                case "test" ->
                    "Opening the sealed test: %d rollouts".formatted(e.plannedRollouts());
                case "train" -> "Training: %d steps".formatted(e.plannedRollouts());
                default -> "Searching: about %d rollouts".formatted(e.plannedRollouts());
              });
      case RunEvent.EngineStarted e ->
          Optional.of("Engine %s is ready: %s".formatted(e.engine(), e.detail()));
      case RunEvent.Evaluated e ->
          Optional.of(
              "%s on %d %s tasks: mean reward %s%s"
                  .formatted(
                      e.candidate(),
                      e.tasks(),
                      e.purpose(),
                      Double.isNaN(e.mean()) ? "unknown" : Figures.decimal(e.mean()),
                      e.failures() == 0 ? "" : ", %d failed".formatted(e.failures())));
      case RunEvent.Critiqued e ->
          Optional.of("Critique of %s: %s".formatted(e.candidate(), Text.line(e.critique())));
      case RunEvent.EditGuarded e -> Optional.of(e.words());
      case RunEvent.CandidateMade e when training ->
          Optional.of(
              e.parent() == null
                  ? e.candidate() + " is the base model"
                  : e.candidate() + " is the trained model");
      case RunEvent.CandidateMade e ->
          Optional.of(
              e.parent() == null
                  ? e.candidate() + " is the current prompt"
                  : "%s was made from %s".formatted(e.candidate(), e.parent()));
      case RunEvent.RoundFinished e ->
          Optional.of(
              "Round %d of %d ended: kept %s"
                  .formatted(e.round(), e.rounds(), String.join(", ", e.beam())));
      case RunEvent.BestChanged e ->
          Optional.of(
              "Best so far: %s with mean reward %s on validation tasks"
                  .formatted(e.candidate(), Figures.decimal(e.score())));
      case RunEvent.StartAtZero e ->
          Optional.of(e.sentence() + " " + String.join(" ", e.example()));
      case RunEvent.WentOnAtZero e -> Optional.of("The search goes on all the same");
      case RunEvent.TrainingStep e -> Optional.empty();
      case RunEvent.Note e -> Optional.of(e.text());
    };
  }
}
