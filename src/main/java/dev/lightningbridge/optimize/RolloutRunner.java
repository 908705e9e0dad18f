package dev.lightningbridge.optimize;

import dev.lightningbridge.agent.AgentException;
import dev.lightningbridge.agent.AgentRunner;
import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.dataset.Failure;
import dev.lightningbridge.dataset.Outcome;
import dev.lightningbridge.dataset.Rollout;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.grading.CallFailure;
import dev.lightningbridge.grading.Grade;
import dev.lightningbridge.grading.Grader;
import dev.lightningbridge.grading.GradingException;
import dev.lightningbridge.model.ModelException;
import dev.lightningbridge.model.ModelRole;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Runs an agent on a task and grades its output: the one implementation, for every engine. */
public final class RolloutRunner {
  private final AgentRunner agent;
  private final Grader grader;
  private final FailureStreak streak = new FailureStreak();
  private final Map<Key, Rollout> remembered = new ConcurrentHashMap<>();

  private record Key(String prompt, Task task) {}

  public RolloutRunner(AgentRunner agent, Grader grader) {
    this.agent = agent;
    this.grader = grader;
  }

  /** The next rollout of its prompt on its task is this one, which was made here before. */
  public void remember(Rollout rollout) {
    remembered.put(new Key(rollout.prompt(), rollout.task()), rollout);
  }

  /** Those that are remembered still since nobody asked for them; it forgets them. */
  public List<Rollout> notAskedFor() {
    List<Rollout> left = List.copyOf(remembered.values());
    remembered.clear();
    return left;
  }

  /**
   * Runs one rollout. Thread-safe.
   *
   * @throws ModelException only where the run as a whole must end: budget exhausted or cancelled;
   *     every other failure is the rollout's outcome
   * @throws BridgeException where so many rollouts failed one after the other that it is no chance
   */
  public Rollout run(String prompt, Task task) throws ModelException {
    Rollout before = remembered.isEmpty() ? null : remembered.remove(new Key(prompt, task));
    if (before != null) {
      return before;
    }
    Rollout rollout = ended(prompt, task);
    streak.ended(rollout);
    return rollout;
  }

  private Rollout ended(String prompt, Task task) throws ModelException {
    AgentRunner.Output output;
    try {
      output = agent.run(prompt, task);
    } catch (ModelException e) {
      rethrowIfFinal(e);
      return new Rollout(task, prompt, List.of(), "", failure(e, ModelRole.WORKER));
    } catch (AgentException e) {
      // A program that breaks says nothing about the prompt, whatever broke it: never a zero.
      return new Rollout(
          task, prompt, List.of(), "", new Outcome.InfrastructureFailed(e.failure()));
    }
    try {
      Grade grade = grader.grade(task, output.text(), output.messages());
      return new Rollout(
          task,
          prompt,
          output.messages(),
          output.text(),
          new Outcome.Rewarded(grade.reward(), grade.feedback()),
          output.cutOff());
    } catch (ModelException e) {
      rethrowIfFinal(e);
      return new Rollout(
          task, prompt, output.messages(), output.text(), failure(e, ModelRole.JUDGE));
    } catch (GradingException e) {
      return new Rollout(
          task,
          prompt,
          output.messages(),
          output.text(),
          new Outcome.InfrastructureFailed(e.failure()));
    }
  }

  private static Outcome failure(ModelException e, ModelRole role) {
    Failure failure = CallFailure.of(e, role);
    return role == ModelRole.WORKER && e.kind().agentsFault()
        ? new Outcome.AgentFailed(failure)
        : new Outcome.InfrastructureFailed(failure);
  }

  private static void rethrowIfFinal(ModelException e) throws ModelException {
    if (e.kind() == ModelException.Kind.BUDGET_EXHAUSTED
        || e.kind() == ModelException.Kind.CANCELLED) {
      throw e;
    }
  }
}
