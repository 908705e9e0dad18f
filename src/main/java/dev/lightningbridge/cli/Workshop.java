package dev.lightningbridge.cli;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.lightning.AgentLightningOptimizer;
import dev.lightningbridge.lightning.PythonEnvironment;
import dev.lightningbridge.optimize.PromptOptimizer;
import dev.lightningbridge.optimize.apo.JavaOptimizer;
import dev.lightningbridge.runs.JudgeReview;
import dev.lightningbridge.runs.Optimization;
import dev.lightningbridge.runs.OptimizeRequest;
import dev.lightningbridge.runs.Promotions;
import dev.lightningbridge.runs.ProposalStore;
import dev.lightningbridge.runs.RunError;
import dev.lightningbridge.runs.RunReports;
import dev.lightningbridge.runs.RunStore;
import dev.lightningbridge.runs.SyntheticTasks;
import dev.lightningbridge.store.BridgeDatabase;
import dev.lightningbridge.store.BridgeHome;
import java.nio.file.Path;
import java.time.Clock;

/** Puts together what commands on runs need, around one home folder. */
final class Workshop implements AutoCloseable {
  private final Console console;
  private final BridgeDatabase database;
  private final RunStore runs;
  private final ProposalStore proposals;
  private final Promotions promotions;
  private final Optimization optimization;
  private final JudgeReview judgeReview;

  private Workshop(Console console, BridgeHome home, BridgeDatabase database) {
    this.console = console;
    this.database = database;
    Clock clock = Clock.systemUTC();
    Path reports = home.folder().resolve("reports");
    runs = new RunStore(database, clock);
    proposals = new ProposalStore(database, clock);
    promotions = new Promotions(proposals, runs, clock);
    optimization =
        new Optimization(
            database,
            runs,
            proposals,
            promotions,
            new RunReports(reports, runs, clock),
            this::engine,
            clock);
    judgeReview = new JudgeReview(database, reports, clock);
  }

  static Workshop open(Console console, Path home) {
    BridgeHome folder = BridgeHome.open(home);
    return new Workshop(console, folder, BridgeDatabase.open(folder));
  }

  RunStore runs() {
    return runs;
  }

  ProposalStore proposals() {
    return proposals;
  }

  SyntheticTasks syntheticTasks() {
    return new SyntheticTasks(database, Clock.systemUTC());
  }

  Promotions promotions() {
    return promotions;
  }

  Optimization optimization() {
    return optimization;
  }

  JudgeReview judgeReview() {
    return judgeReview;
  }

  @Override
  public void close() {
    database.close();
  }

  private PromptOptimizer engine(OptimizeRequest request) {
    PromptOptimizer java = javaEngine(request.strategy());
    return switch (request.engine()) {
      case "auto" -> whatThisMachineCanRun(java);
      case "agentlightning" -> agentLightning();
      case "java" -> java;
      default ->
          throw new BridgeException(
              RunError.ENGINE_UNKNOWN,
              "there is no engine of this name",
              request.engine(),
              "Use agentlightning, java, or auto.");
    };
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
      console.remark("The agentlightning engine is not available: " + e.what() + ". " + e.remedy());
      console.remark("The Java engine searches instead.");
      return java;
    }
  }

  private static PromptOptimizer agentLightning() {
    return new AgentLightningOptimizer(PythonEnvironment.find(System.getenv()));
  }
}
