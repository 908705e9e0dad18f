package dev.lightningbridge.runs;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.Cancellation;
import dev.lightningbridge.lightning.AgentLightningOptimizer;
import dev.lightningbridge.lightning.EnvironmentKind;
import dev.lightningbridge.lightning.ModelServer;
import dev.lightningbridge.lightning.PythonEnvironment;
import dev.lightningbridge.lightning.RlTrainer;
import dev.lightningbridge.lightning.TrlTrainer;
import dev.lightningbridge.model.OpenAiUpstream;
import dev.lightningbridge.optimize.ModelTrainer;
import dev.lightningbridge.optimize.PromptOptimizer;
import dev.lightningbridge.optimize.TrainingSettings;
import dev.lightningbridge.optimize.apo.JavaOptimizer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** The engines that this machine can run. */
final class InstalledEngines implements Engines {
  private final Consumer<String> remarks;

  /**
   * @param remarks told why {@code auto} chose the Java engine
   */
  InstalledEngines(Consumer<String> remarks) {
    this.remarks = remarks;
  }

  @Override
  public PromptOptimizer of(OptimizeRequest request) {
    PromptOptimizer java = javaEngine(request.strategy());
    return switch (request.engine()) {
      case "auto" -> whatThisMachineCanRun(java);
      case "agentlightning" -> agentLightning();
      case "java" -> java;
      default -> throw unknown(request.engine());
    };
  }

  @Override
  public ModelTrainer trainer(TrainingSettings settings) {
    return switch (settings.algorithm()) {
      case SFT, DPO -> {
        TrlTrainer.requireModel(settings.model());
        yield new TrlTrainer(settings.algorithm(), tuning());
      }
      case RL -> RlTrainer.of(settings, System.getenv());
    };
  }

  @Override
  public ServedModels serve(
      Map<String, Path> models, TrainingSettings settings, Cancellation cancellation) {
    try {
      ModelServer server = ModelServer.start(tuning(), models, settings.gpus() > 0, cancellation);
      return new OwnServer(server, OpenAiUpstream.at(server.baseUrl()).direct().build());
    } catch (BridgeException e) {
      throw new ModelComparison.CannotServe(e);
    }
  }

  private record OwnServer(ModelServer server, OpenAiUpstream model) implements ServedModels {
    @Override
    public void close() {
      model.close();
      server.close();
    }
  }

  private static PythonEnvironment tuning() {
    return PythonEnvironment.find(EnvironmentKind.TUNE, System.getenv());
  }

  /**
   * Looks at names alone, not at what this machine can run.
   *
   * @throws BridgeException where there is no such engine or strategy
   */
  static void check(String engine, String strategy) {
    if (!Set.of("auto", "agentlightning", "java").contains(engine)) {
      throw unknown(engine);
    }
    javaEngine(strategy);
  }

  private static BridgeException unknown(String engine) {
    return new BridgeException(
        RunError.ENGINE_UNKNOWN,
        "there is no engine of this name",
        engine,
        "Use agentlightning, java, or auto.");
  }

  private static PromptOptimizer javaEngine(String strategy) {
    return switch (strategy) {
      case "racing" -> JavaOptimizer.racing();
      case "apo" -> JavaOptimizer.beamSearch();
      default ->
          throw new BridgeException(
              RunError.STRATEGY_UNKNOWN,
              "the Java engine has no strategy of this name",
              strategy,
              "Use racing or apo.");
    };
  }

  /** The real trainer where its environment is whole, else the Java engine, and says why. */
  private PromptOptimizer whatThisMachineCanRun(PromptOptimizer java) {
    try {
      return agentLightning();
    } catch (BridgeException e) {
      remarks.accept("The agentlightning engine is not available: " + e.what() + ". " + e.remedy());
      remarks.accept("The Java engine searches instead.");
      return java;
    }
  }

  private static PromptOptimizer agentLightning() {
    return new AgentLightningOptimizer(
        PythonEnvironment.find(EnvironmentKind.APO, System.getenv()));
  }
}
