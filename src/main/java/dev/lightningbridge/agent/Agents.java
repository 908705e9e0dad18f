package dev.lightningbridge.agent;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.Cancellation;
import dev.lightningbridge.common.CleanEnvironment;
import java.util.function.Function;

/** The one place where a choice becomes an agent. */
public final class Agents {
  private Agents() {}

  /**
   * What all rollouts of a run share.
   *
   * @param environment what programs get of this process's own
   * @param queues of rollouts for agentlightning's runners, by the names of their agents
   * @param cancellation ends those that run
   */
  public record Bench(
      RolloutJournal journal,
      RolloutKey.Counter keys,
      AgentCalls calls,
      CleanEnvironment environment,
      Function<String, AglQueue> queues,
      Cancellation cancellation) {
    public Bench(
        RolloutJournal journal,
        CleanEnvironment environment,
        Function<String, AglQueue> queues,
        Cancellation cancellation) {
      this(journal, new RolloutKey.Counter(), new AgentCalls(), environment, queues, cancellation);
    }
  }

  /**
   * The agent that runs tasks with the model.
   *
   * @throws BridgeException LB-4101 where it cannot be used
   */
  public static AgentRunner of(AgentChoice choice, AgentModel model, Bench bench) {
    return switch (choice) {
      case AgentChoice.Prompt prompt ->
          new SystemPromptAgent(
              model.gateway(), model.id(), model.temperature(), model.maxTokens());
      case AgentChoice.Command command ->
          new ProgramAgent(choice, new CommandAgent(command, bench.environment()), model, bench);
      case AgentChoice.Http http -> new ProgramAgent(choice, new HttpAgent(http), model, bench);
      case AgentChoice.JavaClass javaClass ->
          new ProgramAgent(choice, ClassAgent.of(javaClass), model, bench);
      case AgentChoice.Agl agl ->
          new ProgramAgent(
              choice,
              new AglAgent(agl, bench.queues().apply(agl.name()), model.id()),
              model,
              bench);
      case AgentChoice.Kubernetes kubernetes ->
          throw new BridgeException(
              AgentError.UNUSABLE,
              "jobs on Kubernetes are run by reinforcement learning alone",
              kubernetes.jobTemplate().toString(),
              "Name the agent by --agent-command, --agent-url, --agent-class or --agent.");
    };
  }

  /**
   * Looks at what can be seen before a run: whether there is such a program or class.
   *
   * @throws BridgeException LB-4101 where it cannot be used
   */
  public static void check(AgentChoice choice) {
    switch (choice) {
      case AgentChoice.Prompt prompt -> {}
      case AgentChoice.Command command -> CommandAgent.check(command);
      case AgentChoice.Http http -> HttpAgent.address(http);
      case AgentChoice.JavaClass javaClass -> ClassAgent.of(javaClass);
      case AgentChoice.Agl agl -> AglAgent.check(agl);
      case AgentChoice.Kubernetes kubernetes -> {}
    }
  }
}
