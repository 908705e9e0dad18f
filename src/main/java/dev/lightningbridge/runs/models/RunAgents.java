package dev.lightningbridge.runs.models;

import dev.lightningbridge.agent.AgentCalls;
import dev.lightningbridge.agent.AgentChoice;
import dev.lightningbridge.agent.AgentModel;
import dev.lightningbridge.agent.AgentRunner;
import dev.lightningbridge.agent.Agents;
import dev.lightningbridge.agent.AglQueue;
import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.Cancellation;
import dev.lightningbridge.common.CleanEnvironment;
import dev.lightningbridge.corpus.ModelSettings;
import dev.lightningbridge.optimize.verdict.Verdict;
import dev.lightningbridge.rollouts.RolloutStore;
import dev.lightningbridge.runs.BegunRun;
import dev.lightningbridge.store.BridgeDatabase;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** The agent of one run, with whatever model it is to be run. */
public final class RunAgents {
  private final AgentChoice choice;
  private final ModelSettings settings;
  private final RunModels models;
  private final Agents.Bench bench;

  private RunAgents(
      AgentChoice choice, ModelSettings settings, RunModels models, Agents.Bench bench) {
    this.choice = choice;
    this.settings = settings;
    this.models = models;
    this.bench = bench;
  }

  public static RunAgents of(
      BegunRun run,
      RunModels models,
      BridgeDatabase database,
      Clock clock,
      Cancellation cancellation) {
    return new RunAgents(
        run.request().usedAgent(),
        run.plan().choice().baseline().model(),
        models,
        new Agents.Bench(
            new KeptRollouts(database, run.runId(), clock),
            CleanEnvironment.of(System.getenv(), run.request().model().keyVariables()),
            queues(run.runId(), database),
            cancellation));
  }

  /** One for each agent, however often the run asks for it. */
  private static Function<String, AglQueue> queues(String runId, BridgeDatabase database) {
    Map<String, AglQueue> queues = new ConcurrentHashMap<>();
    return agent ->
        queues.computeIfAbsent(
            agent, name -> RolloutQueue.of(new RolloutStore(database, name), runId));
  }

  /**
   * With the model that the agent version names.
   *
   * @throws BridgeException LB-4101 where the agent cannot be used
   */
  public AgentRunner withItsModel() {
    return with(settings.modelId(), false);
  }

  /** With a model that the run serves itself. */
  public AgentRunner withOwn(String model) {
    return with(model, true);
  }

  private AgentRunner with(String model, boolean own) {
    return Agents.of(
        choice instanceof AgentChoice.Kubernetes ? new AgentChoice.Prompt() : choice,
        new AgentModel(models.gateway(), model, settings.temperature(), settings.maxTokens(), own),
        bench);
  }

  /** How many calls its rollouts make. */
  public AgentCalls calls() {
    return bench.calls();
  }

  /** The verdict, naming what was tested where that is more than a prompt. */
  public Verdict named(Verdict verdict) {
    return switch (choice) {
      case AgentChoice.Prompt prompt -> verdict;
      case AgentChoice.Kubernetes jobs ->
          verdict.withRemark(
              "The prompt alone was tested: the jobs on Kubernetes that were trained run nowhere"
                  + " else.");
      default -> verdict.withRemark("What was tested is %s.".formatted(choice.inWords()));
    };
  }
}
