package dev.lightningbridge.runs.models;

import dev.lightningbridge.agent.AgentCalls;
import dev.lightningbridge.agent.AgentChoice;
import dev.lightningbridge.agent.AgentModel;
import dev.lightningbridge.agent.AgentRunner;
import dev.lightningbridge.agent.Agents;
import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.Cancellation;
import dev.lightningbridge.common.CleanEnvironment;
import dev.lightningbridge.corpus.ModelSettings;
import dev.lightningbridge.optimize.verdict.Verdict;
import dev.lightningbridge.runs.BegunRun;
import dev.lightningbridge.store.BridgeDatabase;
import java.time.Clock;
import java.util.function.Consumer;

/** The agent of one run, with whatever model it is to be run. */
public final class RunAgents {
  private final AgentChoice choice;
  private final ModelSettings settings;
  private final RunModels models;
  private final Agents.Bench bench;
  private final RunQueues queues;

  private RunAgents(
      AgentChoice choice,
      ModelSettings settings,
      RunModels models,
      Agents.Bench bench,
      RunQueues queues) {
    this.choice = choice;
    this.settings = settings;
    this.models = models;
    this.bench = bench;
    this.queues = queues;
  }

  /**
   * @param notices told what a person should know of the agent's rollouts at once
   */
  public static RunAgents of(
      BegunRun run,
      RunModels models,
      BridgeDatabase database,
      Clock clock,
      Consumer<String> notices,
      Cancellation cancellation) {
    RunQueues queues = new RunQueues(database, run.runId(), notices);
    return new RunAgents(
        run.request().usedAgent(),
        run.plan().choice().baseline().model(),
        models,
        new Agents.Bench(
            new KeptRollouts(database, run.runId(), clock),
            CleanEnvironment.of(System.getenv(), run.request().model().keyVariables()),
            queues,
            cancellation),
        queues);
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

  /** The verdict, saying of which rollouts the agent's own words did not come. */
  public Verdict heard(Verdict verdict) {
    return queues.remarks().reduce(verdict, Verdict::withRemark, (first, second) -> second);
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
