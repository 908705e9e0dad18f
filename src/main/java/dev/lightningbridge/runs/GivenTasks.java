package dev.lightningbridge.runs;

import dev.lightningbridge.common.Figures;
import dev.lightningbridge.common.Skipped;
import dev.lightningbridge.dataset.PlaceRemarks;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.dataset.TaskSource;
import dev.lightningbridge.dataset.tasks.TaskFile;
import dev.lightningbridge.grading.AutoWords;
import dev.lightningbridge.grading.Gradable;
import dev.lightningbridge.grading.GraderChoice;
import dev.lightningbridge.runs.request.ModelAccess;
import dev.lightningbridge.runs.request.OptimizeRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The tasks of a run's file, and what should be known of them before the first call. */
record GivenTasks(@Nullable Path file, TaskFile.Contents contents) {
  private static final TaskFile.Contents NOTHING =
      new TaskFile.Contents("", List.of(), Map.of(), List.of(), List.of());

  static GivenTasks of(@Nullable Path file) {
    return new GivenTasks(file, file == null ? NOTHING : TaskFile.read(file));
  }

  List<Task> tasks() {
    return contents.tasks();
  }

  List<Skipped> skipped() {
    return contents.skipped();
  }

  /**
   * What was read, which names were understood and which not, which places of the prompt lack a
   * value and which values a place, and which grader {@code auto} is.
   *
   * @param all the run's tasks so far; those that a model is to write lack what a rule needs
   */
  List<String> remarks(OptimizeRequest request, String prompt, List<Task> all, Gradable fit) {
    List<String> remarks = new ArrayList<>();
    if (file != null) {
      remarks.add(
          "%s %s read from %s, as %s%s."
              .formatted(
                  Figures.counted(tasks().size(), "task"),
                  tasks().size() == 1 ? "was" : "were",
                  file.getFileName(),
                  contents.form(),
                  skipped().isEmpty()
                      ? ""
                      : "; %s left out".formatted(Figures.count(skipped().size()))));
    }
    remarks.addAll(contents.remarks());
    remarks.addAll(PlaceRemarks.of(prompt, all));
    fit.leftInWords().ifPresent(remarks::add);
    if (GraderChoice.named(request.grader()) == GraderChoice.AUTO) {
      remarks.add(
          AutoWords.of(
              withUnwritten(request, all),
              !(request.model() instanceof ModelAccess.None),
              this::place));
    }
    return List.copyOf(remarks);
  }

  private static List<Task> withUnwritten(OptimizeRequest request, List<Task> all) {
    List<Task> tasks = new ArrayList<>(all);
    tasks.addAll(Synthesis.placeholders(request.synthesize(), all));
    return tasks;
  }

  private String place(Task task) {
    String place = contents.places().get(task.id());
    if (file != null && place != null) {
      return "%s of %s".formatted(place, file.getFileName());
    }
    return task.source() == TaskSource.SYNTHETIC
        ? "a synthetic input"
        : task.source() == TaskSource.CAPTURED ? "a captured input" : "test case " + task.id();
  }
}
