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
      case AUTO -> whatThisMachineCanRun(java);
      case AGENTLIGHTNING -> agentLightning();
      case JAVA -> java;
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

  private static PromptOptimizer javaEngine(SearchStrategy strategy) {
    return switch (strategy) {
      case RACING -> JavaOptimizer.racing();
      case APO -> JavaOptimizer.beamSearch();
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
