package dev.lightningbridge.agent;

import dev.lightningbridge.model.ChatAnswer;
import dev.lightningbridge.model.ChatModel;
import dev.lightningbridge.model.ChatRequest;
import dev.lightningbridge.model.ModelException;
import dev.lightningbridge.model.ModelException.Kind;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The model as one rollout of a program sees it. It remembers how the calls ended: a program does
 * not say whether it failed by itself or since its model did. Thread-safe.
 */
final class RolloutCalls implements ChatModel {
  private static final Set<Kind> FINAL = Set.of(Kind.BUDGET_EXHAUSTED, Kind.CANCELLED);

  private final AgentModel model;
  private final RolloutKey rollout;
  private int calls;
  private @Nullable String said;
  private @Nullable ModelException last;
  private @Nullable ModelException over;
  private @Nullable RuntimeException broken;

  RolloutCalls(AgentModel model, RolloutKey rollout) {
    this.model = model;
    this.rollout = rollout;
  }

  @Override
  public ChatAnswer complete(ChatRequest request) throws ModelException {
    begun();
    try {
      ChatAnswer answer = model.gateway().complete(model.request(request.body(), rollout));
      ended(null);
      said(answer.text());
      return answer;
    } catch (ModelException e) {
      ended(e);
      throw e;
    } catch (RuntimeException e) {
      broke(e);
      throw e;
    }
  }

  private synchronized void begun() {
    calls++;
  }

  private synchronized void said(String text) {
    said = text;
  }

  private synchronized void ended(@Nullable ModelException failure) {
    last = failure;
    if (failure != null && FINAL.contains(failure.kind()) && over == null) {
      over = failure;
    }
  }

  private synchronized void broke(RuntimeException e) {
    broken = e;
  }

  /** What the last one that was answered said; null where none was. */
  synchronized @Nullable String lastAnswer() {
    return said;
  }

  /** How many it made. */
  synchronized int made() {
    return calls;
  }

  /**
   * Whatever the program made of it: without the answer to its last call its output is not its own.
   *
   * @throws ModelException where the run must end, or the last call had no answer
   */
  synchronized void throwIfFailed() throws ModelException {
    if (broken != null) {
      throw broken;
    }
    if (over != null) {
      throw over;
    }
    if (last != null) {
      throw last;
    }
  }
}
