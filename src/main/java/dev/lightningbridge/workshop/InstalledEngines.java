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
  /** The bench is scripts/bench/optimizers; it holds at each number of calls that was measured. */
  private static final String BETTER =
      "The Java engine searches: in the benches it did better than agentlightning's APO, with 170,"
          + " 472 and 1,360 calls. --engine agentlightning takes the real trainer.";

  private static final String ALONE = "The Java engine searches: only it can do without a critic.";

  private final Consumer<String> remarks;

  /**
   * @param remarks told why {@code auto} chose as it did
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
      case AUTO -> {
        remarks.accept(request.hasCritic() ? BETTER : ALONE);
        yield java;
      }
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

  /** Whether the real trainer's environment is whole here. */
  public static boolean haveTheTrainer() {
    try {
      agentLightning();
      return true;
    } catch (BridgeException e) {
      return false;
    }
  }

  private static PromptOptimizer agentLightning() {
    return new AgentLightningOptimizer(
        PythonEnvironment.find(EnvironmentKind.APO, System.getenv()));
  }
}
