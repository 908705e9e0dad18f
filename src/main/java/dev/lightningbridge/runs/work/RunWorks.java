package dev.lightningbridge.runs.work;

import dev.lightningbridge.optimize.TrainingSettings;
import dev.lightningbridge.runs.ending.ModelStore;
import dev.lightningbridge.runs.ending.RunWork;
import dev.lightningbridge.runs.judging.JudgeStore;
import dev.lightningbridge.runs.ledger.SealedInputs;
import dev.lightningbridge.runs.ledger.SyntheticTasks;
import dev.lightningbridge.runs.ledger.TestOpenings;
import dev.lightningbridge.runs.request.OptimizeRequest;
import dev.lightningbridge.runs.training.ModelComparison;
import dev.lightningbridge.runs.training.RunTraining;
import dev.lightningbridge.runs.training.Trainers;
import dev.lightningbridge.store.BridgeDatabase;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The work of each run, by its algorithm.
 *
 * @param trainings where each training has a folder of its own
 */
record RunWorks(
    BridgeDatabase database, Engines engines, Trainers trainers, Path trainings, Clock clock) {
  /** What this request is to do. */
  RunWork of(OptimizeRequest request) {
    JudgeStore judges = new JudgeStore(database);
    SealedInputs sealed = new SealedInputs(database, clock);
    TestOpenings openings = new TestOpenings(database, clock);
    TrainingSettings training = request.training();
    return training == null
        ? new RunSearch(
            once(() -> engines.of(request)), synthetic(), sealed, judges, openings, clock)
        : new RunTraining(
            once(() -> trainers.trainer(training)),
            new ModelComparison(trainers, openings),
            new ModelStore(database),
            sealed,
            judges,
            trainings,
            clock);
  }

  /** The inputs that models wrote. */
  SyntheticTasks synthetic() {
    return new SyntheticTasks(database, clock);
  }

  private static <T> Supplier<T> once(Supplier<T> found) {
    return new Supplier<>() {
      private @Nullable T value;

      @Override
      public T get() {
        if (value == null) {
          value = found.get();
        }
        return value;
      }
    };
  }
}
