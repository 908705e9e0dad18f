package dev.lightningbridge.runs.training;

import dev.lightningbridge.camp.CampDatabase;
import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.dataset.InputKey;
import dev.lightningbridge.dataset.PooledSession;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.dataset.export.ExportReport;
import dev.lightningbridge.dataset.export.ExportRequest;
import dev.lightningbridge.dataset.export.Exports;
import dev.lightningbridge.dataset.export.Format;
import dev.lightningbridge.dataset.split.Split;
import dev.lightningbridge.optimize.Algorithm;
import dev.lightningbridge.optimize.TrainingJob.Examples;
import dev.lightningbridge.runs.BegunRun;
import dev.lightningbridge.runs.RunPlan;
import dev.lightningbridge.runs.request.OptimizeRequest;
import dev.lightningbridge.runs.request.RunError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a run fine-tunes on: the session's {@code sft} or {@code dpo} export, of train inputs alone;
 * and that of validation inputs, to measure the loss on. Written once: a resumed run takes the
 * same, whatever was scored since. Nothing of the sealed test inputs is in either.
 *
 * @param trainRows examples to learn from
 * @param validation null where there are none
 * @param cursor how far the event log was read
 */
record TrainingExamples(
    Path train, long trainRows, @Nullable Path validation, long validationRows, String cursor) {
  private static final String KEPT = "examples.json";

  /** The folder's examples; written by the first start of the run. */
  static TrainingExamples of(BegunRun run, Split split, Path folder) {
    Path kept = folder.resolve(KEPT);
    try {
      if (Files.exists(kept)) {
        return Json.read(Files.readString(kept), TrainingExamples.class);
      }
      TrainingExamples examples = written(run, split, folder);
      Files.writeString(kept, Json.write(examples));
      return examples;
    } catch (IOException e) {
      throw unusable(folder, e);
    }
  }

  static BridgeException unusable(Path folder, IOException e) {
    return new BridgeException(
        RunError.TRAINING_FOLDER,
        "the training's folder cannot be used: " + e.getMessage(),
        folder.toString(),
        "Look at its rights and at the space of its disk, then `runs resume` the run.",
        e);
  }

  /** How many examples there are to learn from; nothing is kept. */
  static long count(OptimizeRequest request, RunPlan plan, Split split) {
    BegunRun run = new BegunRun("estimate", "", request, plan);
    try {
      Path folder = Files.createTempDirectory("lightning-bridge-examples");
      try {
        return export(run, split.train(), folder).files().getFirst().rows();
      } finally {
        delete(folder);
      }
    } catch (IOException e) {
      throw unusable(Path.of(System.getProperty("java.io.tmpdir")), e);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  Examples files() {
    return new Examples(train, validation);
  }

  private static TrainingExamples written(BegunRun run, Split split, Path folder) {
    ExportReport train = export(run, split.train(), folder.resolve("train"));
    ExportReport validation = export(run, split.validation(), folder.resolve("validation"));
    ExportReport.ExportedFile measured = validation.files().getFirst();
    return new TrainingExamples(
        train.files().getFirst().path(),
        train.files().getFirst().rows(),
        measured.rows() == 0 ? null : measured.path(),
        measured.rows(),
        train.cursor());
  }

  private static ExportReport export(BegunRun run, List<Task> tasks, Path out) {
    OptimizeRequest request = run.request();
    var training = run.training();
    Set<InputKey> inputs =
        tasks.stream().map(task -> InputKey.of(task.input())).collect(Collectors.toSet());
    try (CampDatabase camp =
        CampDatabase.open(request.camp(), new CampDatabase.Options(request.includeOrphans()))) {
      return Exports.export(
          camp.corpus(),
          ExportRequest.of(training.algorithm() == Algorithm.SFT ? Format.SFT : Format.DPO, out)
              .withSession(run.plan().choice().session().id())
              .withPooled(run.plan().pooled().stream().map(PooledSession::id).toList())
              .withMinScore(training.minScore())
              .withInputs(inputs));
    }
  }
}
