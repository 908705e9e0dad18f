package dev.lightningbridge.runs;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.Cancellation;
import dev.lightningbridge.optimize.ModelTrainer;
import dev.lightningbridge.optimize.PromptOptimizer;
import dev.lightningbridge.optimize.TrainingSettings;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;

/** Finds engines. */
@FunctionalInterface
public interface Engines {
  /**
   * Those that this machine can run.
   *
   * @param remarks told why {@code auto} chose the Java engine
   */
  static Engines installed(Consumer<String> remarks) {
    return new InstalledEngines(remarks);
  }

  /**
   * The engine asked for; {@code auto} chooses what this machine can run.
   *
   * @throws BridgeException where there is none, or its environment is missing
   */
  PromptOptimizer of(OptimizeRequest request);

  /**
   * The trainer for these settings.
   *
   * @throws BridgeException where its environment is missing
   */
  default ModelTrainer trainer(TrainingSettings settings) {
    throw new UnsupportedOperationException("no trainer for " + settings.algorithm());
  }

  /**
   * Serves models on this machine, each by its name.
   *
   * @throws ModelComparison.CannotServe where that cannot be done
   */
  default ServedModels serve(
      Map<String, Path> models, TrainingSettings settings, Cancellation cancellation) {
    throw new UnsupportedOperationException("no server for models");
  }
}
