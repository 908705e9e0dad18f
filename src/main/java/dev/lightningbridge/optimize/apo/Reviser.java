package dev.lightningbridge.optimize.apo;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.model.ChatModel;
import dev.lightningbridge.model.ChatRequest;
import dev.lightningbridge.model.Letter;
import dev.lightningbridge.model.ModelException;
import dev.lightningbridge.model.ModelRole;
import dev.lightningbridge.optimize.RunEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Has prompts criticised and edited. A call that fails, after its retries, costs its revision. */
final class Reviser {
  /** So many failed calls in a row are no chance: the search ends. */
  private static final int FAILURES_IN_A_ROW = 6;

  private final ChatModel model;
  private final double temperature;
  private final CallPool pool;
  private final RunEvent.Listener events;
  private int failuresInARow;

  Reviser(ChatModel model, double temperature, CallPool pool, RunEvent.Listener events) {
    this.model = model;
    this.temperature = temperature;
    this.pool = pool;
    this.events = events;
  }

  /** A candidate and the experiments that show what is wrong with it. */
  record Order(Candidate candidate, List<Experiment> experiments) {}

  /** What is wrong with a candidate. */
  record Critique(Candidate candidate, String text) {}

  /** A new prompt and where it comes from. */
  record Revision(Critique critique, String prompt) {}

  /** The critiques that were written, in the orders' order, each asked for in a chosen way. */
  List<Critique> critiques(List<Order> orders, Choices choices, int round) throws SearchStopped {
    List<ChatRequest> requests = new ArrayList<>();
    for (Order order : orders) {
      requests.add(
          choices
              .choice(MetaPrompt.CRITIQUES)
              .fill(
                  ModelRole.CRITIC,
                  temperature,
                  Map.of(
                      "prompt", new Letter().data(order.candidate().prompt()),
                      "runs", ShownExperiments.of(order.experiments()))));
    }
    List<Optional<String>> texts = ask(requests);
    List<Critique> critiques = new ArrayList<>();
    for (int i = 0; i < orders.size(); i++) {
      Candidate candidate = orders.get(i).candidate();
      texts.get(i).ifPresent(text -> critiques.add(new Critique(candidate, text)));
    }
    critiques.forEach(
        c -> events.on(new RunEvent.Critiqued(c.candidate().name(), round, c.text())));
    return critiques;
  }

  /**
   * The edits that were made, in the critiques' order. An empty critique leaves the prompt as it
   * is; an empty edit is none.
   */
  List<Revision> revisions(List<Critique> critiques, Choices choices) throws SearchStopped {
    List<ChatRequest> requests = new ArrayList<>();
    for (Critique critique : critiques) {
      if (!critique.text().isEmpty()) {
        requests.add(
            choices
                .choice(MetaPrompt.EDITS)
                .fill(
                    ModelRole.EDITOR,
                    temperature,
                    Map.of(
                        "prompt", new Letter().data(critique.candidate().prompt()),
                        "critique", new Letter().data(critique.text()))));
      }
    }
    List<Optional<String>> texts = ask(requests);
    List<Revision> revisions = new ArrayList<>();
    int next = 0;
    for (Critique critique : critiques) {
      Optional<String> prompt =
          critique.text().isEmpty()
              ? Optional.of(critique.candidate().prompt())
              : texts.get(next++).filter(text -> !text.isEmpty());
      prompt.ifPresent(p -> revisions.add(new Revision(critique, p)));
    }
    return revisions;
  }

  private List<Optional<String>> ask(List<ChatRequest> requests) throws SearchStopped {
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
