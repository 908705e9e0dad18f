package dev.lightningbridge.agent;

import dev.lightningbridge.common.Cancellation;
import dev.lightningbridge.dataset.InputShape;
import dev.lightningbridge.dataset.Message;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.model.GatewayEndpoint;
import dev.lightningbridge.model.ModelException;
import dev.lightningbridge.model.ModelException.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs a program of the user's as the agent. Each rollout has an endpoint of its own before the
 * run's gateway, with a token of its own: so its calls are told apart from those of others, and
 * nothing that it leaves behind can make any. A finished rollout is kept and not run again.
 */
final class ProgramAgent implements AgentRunner {
  private final AgentChoice choice;
  private final AgentProgram program;
  private final AgentModel model;
  private final Agents.Bench bench;

  ProgramAgent(AgentChoice choice, AgentProgram program, AgentModel model, Agents.Bench bench) {
    this.choice = choice;
    this.program = program;
    this.model = model;
    this.bench = bench;
  }

  @Override
  public Output run(String prompt, Task task) throws ModelException, AgentException {
    RolloutKey key = bench.keys().next(choice, model.id(), prompt, task.input());
    RolloutJournal.Kept kept = bench.journal().find(key).orElse(null);
    if (kept == null) {
      kept = played(key, prompt, task);
      bench.journal().keep(key, kept);
    }
    bench.calls().rollout(kept.calls());
    return output(prompt, task, kept.output());
  }

  private RolloutJournal.Kept played(RolloutKey key, String prompt, Task task)
      throws ModelException, AgentException {
    Cancellation cancellation = bench.cancellation();
    RolloutCalls calls = new RolloutCalls(model, key);
    try (GatewayEndpoint endpoint = GatewayEndpoint.before(calls).open()) {
      if (cancellation.isRequested()) {
        throw new ModelException(Kind.CANCELLED, "Cancelled");
      }
      @Nullable String answer;
      try {
        answer = program.answer(prompt, task, endpoint.endpoint(), cancellation);
      } catch (AgentException e) {
        calls.throwIfFailed();
        throw e;
      }
      calls.throwIfFailed();
      return new RolloutJournal.Kept(
          checked(answer == null ? calls.lastAnswer() : answer), calls.made());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ModelException(Kind.CANCELLED, "Cancelled", null, e);
    }
  }

  private String checked(@Nullable String answer) throws AgentException {
    if (answer == null || answer.isBlank()) {
      throw new AgentException(
          AgentException.Kind.BAD_ANSWER, choice.inWords() + " answered without a word");
    }
    // A NUL is what databases stumble over.
    return answer.replace('\0', '\uFFFD');
  }

  private static Output output(String prompt, Task task, String text) {
    List<Message> messages = new ArrayList<>();
    if (!prompt.isEmpty()) {
      messages.add(new Message("system", prompt));
    }
    // What the program makes of values is its own: they are shown as they were given.
    messages.addAll(
        task.shape() instanceof InputShape.Chat chat
            ? chat.messages()
            : List.of(new Message("user", task.input())));
    messages.add(new Message("assistant", text));
    return new Output(List.copyOf(messages), text);
  }
}
