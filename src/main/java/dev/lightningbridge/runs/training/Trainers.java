package dev.lightningbridge.runs.training;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.Cancellation;
import dev.lightningbridge.optimize.ModelTrainer;
import dev.lightningbridge.optimize.TrainingSettings;
import java.nio.file.Path;
import java.util.Map;

/** Finds what trains models, and serves what was trained. */
public interface Trainers {
  /**
   * The trainer for these settings.
   *
   * @throws BridgeException where its environment is missing
   */
  ModelTrainer trainer(TrainingSettings settings);

  /**
   * Serves models on this machine, each by its name.
   *
   * @throws CannotServe where that cannot be done
   */
  ServedModels serve(
      Map<String, Path> models, TrainingSettings settings, Cancellation cancellation);

  /** The models cannot be served here. */
  final class CannotServe extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient BridgeException failure;

    public CannotServe(BridgeException failure) {
      super(failure.what(), failure);
      this.failure = failure;
    }

    /** What to do about it. */
    public String remedy() {
      return failure.remedy();
    }
  }
}
