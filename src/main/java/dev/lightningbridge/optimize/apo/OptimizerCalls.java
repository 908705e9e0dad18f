package dev.lightningbridge.optimize.apo;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.model.ChatModel;
import dev.lightningbridge.model.ChatRequest;
import dev.lightningbridge.model.ModelException;
import dev.lightningbridge.optimize.RunEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Asks critic and editor. A call that fails, after its retries, has no answer. */
final class OptimizerCalls {
  /** So many failed calls in a row are no chance: the search ends. */
  private static final int FAILURES_IN_A_ROW = 6;

  private final ChatModel model;
  private final CallPool pool;
  private final RunEvent.Listener events;
  private int failuresInARow;

  OptimizerCalls(ChatModel model, CallPool pool, RunEvent.Listener events) {
    this.model = model;
    this.pool = pool;
    this.events = events;
  }

  /**
   * The answers, in the requests' order; empty where a call failed.
   *
   * @throws BridgeException where no answers can be had at all
   */
  List<Optional<String>> ask(List<ChatRequest> requests) throws SearchStopped {
    List<CallPool.Call<Answer>> asked = new ArrayList<>();
    requests.forEach(r -> asked.add(new CallPool.Call<>(r.body(), () -> answer(r))));
    List<Optional<String>> texts = new ArrayList<>();
    for (Answer answer : pool.all(asked)) {
      switch (answer) {
        case Answer.Text text -> {
          failuresInARow = 0;
          texts.add(Optional.of(text.text()));
        }
        case Answer.None none -> {
          texts.add(Optional.empty());
          failuresInARow++;
          events.on(
              new RunEvent.Note(
                  "warning", "No revision: %s. %s".formatted(none.why(), none.remedy())));
          if (failuresInARow >= FAILURES_IN_A_ROW) {
            throw hopeless(none, "%d calls in a row failed".formatted(failuresInARow));
          }
        }
      }
    }
    return texts;
  }

  private Answer answer(ChatRequest request) throws ModelException {
    try {
      return new Answer.Text(model.complete(request).text());
    } catch (ModelException e) {
      Answer.None none =
          new Answer.None(
              request.role().name().toLowerCase(Locale.ROOT),
              String.valueOf(e.getMessage()),
              e.remedy());
      return switch (e.kind()) {
        case BUDGET_EXHAUSTED, CANCELLED -> throw e;
        case UNAUTHORIZED, MODEL_NOT_FOUND, BAD_REQUEST -> throw hopeless(none, "a call failed");
        case RATE_LIMITED,
            SERVER_ERROR,
            NETWORK,
            UNREACHABLE,
            TIMEOUT,
            MALFORMED_ANSWER,
            EMPTY_ANSWER,
            CUT_OFF,
            LIMIT_RAISED,
            CIRCUIT_OPEN,
            REFUSED,
            SAID_NOTHING,
            CONTEXT_TOO_LONG ->
            none;
      };
    }
  }

  private static BridgeException hopeless(Answer.None none, String what) {
    return new BridgeException(
        SearchError.NO_CRITIC_OR_EDITOR,
        "no critique or edit can be had, %s: %s".formatted(what, none.why()),
        "the " + none.role(),
        none.remedy() + " Then `runs resume` the run.");
  }

  private sealed interface Answer {
    record Text(String text) implements Answer {}

    record None(String role, String why, String remedy) implements Answer {}
  }
}
