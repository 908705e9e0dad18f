package dev.lightningbridge.workshop;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.lightning.AgentLightningOptimizer;
import dev.lightningbridge.lightning.EnvironmentKind;
import dev.lightningbridge.lightning.PythonEnvironment;
import dev.lightningbridge.optimize.GivenPrompt;
import dev.lightningbridge.optimize.PromptOptimizer;
import dev.lightningbridge.optimize.apo.JavaOptimizer;
import dev.lightningbridge.runs.request.OptimizeRequest;
import dev.lightningbridge.runs.request.SearchStrategy;
import dev.lightningbridge.runs.work.Engines;
import java.util.function.Consumer;

/** The engines that this machine can run. */
public final class InstalledEngines implements Engines {
  private final Consumer<String> remarks;

  /**
   * @param remarks told why {@code auto} chose the Java engine
   */
  public InstalledEngines(Consumer<String> remarks) {
    this.remarks = remarks;
  }

  @Override
  public PromptOptimizer of(OptimizeRequest request) {
    String candidate = request.candidate();
    if (candidate != null) {
      return new GivenPrompt(candidate);
    }
    PromptOptimizer java = javaEngine(request.strategy());
    return switch (request.engine()) {
      case AUTO -> request.hasCritic() ? whatThisMachineCanRun(java) : javaAlone(java);
      case AGENTLIGHTNING -> agentLightning();
      case JAVA -> java;
    };
  }

  private static PromptOptimizer javaEngine(SearchStrategy strategy) {
    return switch (strategy) {
      case RACING -> JavaOptimizer.racing();
      case APO -> JavaOptimizer.beamSearch();
    };
  }

  private PromptOptimizer javaAlone(PromptOptimizer java) {
    remarks.accept("The Java engine searches: only it can do without a critic.");
    return java;
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
