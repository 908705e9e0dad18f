package dev.lightningbridge.runs;

import dev.lightningbridge.camp.Corpus;
import dev.lightningbridge.camp.Directive;
import dev.lightningbridge.common.Skipped;
import dev.lightningbridge.dataset.CapturedTasks;
import dev.lightningbridge.dataset.Split;
import dev.lightningbridge.dataset.SplitPlan;
import dev.lightningbridge.dataset.Splitter;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.dataset.TaskFile;
import dev.lightningbridge.dataset.Tasks;
import dev.lightningbridge.grading.Rubric;
import dev.lightningbridge.optimize.HumanNote;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a run will do, decided from the database before any model call.
 *
 * @param split empty where there are too few distinct inputs: {@code missing} says how many more
 * @param rubric what a judge would go by
 * @param humanNotes what critics read of what people said; empty where the request leaves it out
 * @param skipped bad rows and lines that were met on the way
 */
record RunPlan(
    LineageChoice choice,
    Optional<Split> split,
    int missing,
    List<Task> tasks,
    Rubric rubric,
    List<HumanNote> humanNotes,
    List<Skipped> skipped) {

  static RunPlan of(OptimizeRequest request, Corpus corpus) {
    LineageChoice choice =
        LineageChoice.of(corpus, request.sessionId(), request.lineageId(), request.allowLocked());
    List<Skipped> skipped = new ArrayList<>();
    List<Task> tasks = tasks(request, corpus, choice.session().id(), skipped);
    SplitPlan plan = SplitPlan.DEFAULT.withMaximumValidation(request.validationTasks());
    Optional<Split> split = Splitter.split(tasks, plan, request.seed());
    List<HumanNote> notes =
        request.humanNotes() && split.isPresent()
            ? HumanNotes.of(corpus, choice.lineage(), split.get())
            : List.of();
    skipped.addAll(corpus.skipped());
    return new RunPlan(
        choice,
        split,
        Splitter.missing(tasks, plan),
        tasks,
        rubric(corpus, choice),
        notes,
        List.copyOf(skipped));
  }

  /** Provided tasks come before captured ones of the same input: they may know what is expected. */
  private static List<Task> tasks(
      OptimizeRequest request, Corpus corpus, String sessionId, List<Skipped> skipped) {
    List<Task> given = List.of();
    if (request.tasks() != null) {
      TaskFile.Contents file = TaskFile.read(request.tasks());
      given = file.tasks();
      skipped.addAll(file.skipped());
    }
    return Tasks.merged(
        List.of(given, Tasks.provided(corpus, sessionId), CapturedTasks.of(corpus, sessionId)));
  }

  /** What a judge of the lineage's outputs goes by; without examples. */
  static Rubric rubric(Corpus corpus, LineageChoice choice) {
    List<String> directives =
        corpus.directives().stream()
            .filter(d -> d.lineageId().equals(choice.lineage().id()))
            .filter(d -> d.kind() == Directive.Kind.STICKY)
            .map(Directive::text)
            .toList();
    return new Rubric(
        choice.session().need(), choice.session().constraints(), directives, List.of());
  }
}
