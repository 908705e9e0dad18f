package dev.lightningbridge.optimize.apo;

import dev.lightningbridge.dataset.Rollout;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.model.ChatModel;
import dev.lightningbridge.model.ChatRequest;
import dev.lightningbridge.model.Letter;
import dev.lightningbridge.model.ModelRole;
import dev.lightningbridge.optimize.RunEvent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Has prompts criticised and edited. A call that fails, after its retries, costs its revision. */
final class Reviser {
  private final double temperature;
  private final OptimizerCalls calls;
  private final Briefing briefing;
  private final Doubts doubts;
  private final RunEvent.Listener events;
  private final boolean asksAll;
  private final Set<Subject> settled = new HashSet<>();

  /** What a letter is about: a prompt, and the tasks that it is shown to fail on. */
  private record Subject(String prompt, Set<String> failed) {
    static Subject of(Order order) {
      return new Subject(
          order.candidate().prompt(),
          order.experiments().stream()
              .filter(Experiment::isFailure)
              .map(shown -> ((Experiment.Run) shown).rollout().task().id())
              .collect(Collectors.toUnmodifiableSet()));
    }
  }

  /**
   * @param asksAll whether it asks as agentlightning does: also of successes alone, and twice at
   *     once in the same words
   */
  Reviser(
      ChatModel model,
      double temperature,
      CallPool pool,
      RunEvent.Listener events,
      Briefing briefing,
      boolean asksAll) {
    this.temperature = temperature;
    this.calls = new OptimizerCalls(model, pool, events);
    this.briefing = briefing;
    this.doubts = new Doubts(events, briefing.tasks());
    this.events = events;
    this.asksAll = asksAll;
  }

  /**
   * A candidate and the experiments that show what is wrong with it.
   *
   * @param known all runs of it that are known
   * @param tried what was tried from it
   */
  record Order(
      Candidate candidate,
      List<Experiment> experiments,
      List<Rollout> known,
      List<Briefing.Tried> tried) {
    /** Whether there is anything that a critique could be about. */
    boolean showsAFault() {
      return experiments.stream()
          .anyMatch(shown -> !(shown instanceof Experiment.Run) || shown.isFailure());
    }
  }

  /** What is wrong with a candidate. */
  record Critique(Order order, String text) {
    Candidate candidate() {
      return order.candidate();
    }
  }

  /** A new prompt and where it comes from. */
  record Revision(Critique critique, String prompt) {}

  /** Whether critics doubt what the task expects, so that letters leave it out. */
  boolean isDoubted(Task task) {
    return doubts.isAside(task.id());
  }

  /** The tasks that critics doubt, in a sentence. */
  List<String> remarks() {
    return doubts.remarks();
  }

  /**
   * The critiques that were written, in the orders' order, each asked for in a chosen way. None is
   * asked of successes alone, unless all are, and one that says that nothing is to be changed is
   * none, and is not asked for again.
   */
  List<Critique> critiques(List<Order> orders, Choices choices, int round) throws SearchStopped {
    List<Order> asked = new ArrayList<>();
    List<ChatRequest> requests = new ArrayList<>();
    Set<Object> bodies = new HashSet<>();
    for (Order order : orders) {
      if (asksAll || (order.showsAFault() && !settled.contains(Subject.of(order)))) {
        Map<String, Letter> texts =
            Map.of(
                "prompt", new Letter().data(order.candidate().prompt()),
                "called", briefing.called(order.candidate()),
                "results", briefing.results(order.known(), order.tried()),
                "runs", ShownExperiments.of(order.experiments()));
        request(
                MetaPrompt.CRITIQUES,
                choices,
                way -> way.fill(ModelRole.CRITIC, temperature, texts),
                bodies)
            .ifPresent(
                request -> {
                  asked.add(order);
                  requests.add(request);
                });
      }
    }
    List<Optional<String>> texts = calls.ask(requests);
    List<Critique> critiques = new ArrayList<>();
    for (int i = 0; i < asked.size(); i++) {
      Order order = asked.get(i);
      if (texts.get(i).isPresent()) {
        String text = texts.get(i).get();
        events.on(new RunEvent.Critiqued(order.candidate().name(), round, text));
        CritiqueText read = CritiqueText.of(text, order.experiments());
        doubts.add(read.doubted());
        if (read.changesNothing()) {
          settled.add(Subject.of(order));
        } else {
          critiques.add(new Critique(order, read.points()));
        }
      }
    }
    return critiques;
  }

  /**
   * The edits that were made, in the critiques' order. An empty critique leaves the prompt as it
   * is; an empty edit is none, and so is one that says that nothing is to be changed.
   */
  List<Revision> revisions(List<Critique> critiques, Choices choices) throws SearchStopped {
    List<Critique> asked = new ArrayList<>();
    List<ChatRequest> requests = new ArrayList<>();
    Set<Object> bodies = new HashSet<>();
    for (Critique critique : critiques) {
      if (!critique.text().isEmpty()) {
        Map<String, Letter> texts =
            Map.of(
                "prompt", new Letter().data(critique.candidate().prompt()),
                "called", briefing.called(critique.candidate()),
                "runs", failures(critique.order()),
                "critique", new Letter().data(critique.text()));
        request(
                MetaPrompt.EDITS,
                choices,
                way -> way.fill(ModelRole.EDITOR, temperature, texts),
                bodies)
            .ifPresent(
                request -> {
                  asked.add(critique);
                  requests.add(request);
                });
      }
    }
    List<Optional<String>> texts = calls.ask(requests);
    IdentityHashMap<Critique, Optional<String>> edits = new IdentityHashMap<>();
    for (int i = 0; i < asked.size(); i++) {
      edits.put(asked.get(i), texts.get(i));
    }
    List<Revision> revisions = new ArrayList<>();
    for (Critique critique : critiques) {
      Optional<String> prompt =
          critique.text().isEmpty()
              ? Optional.of(critique.candidate().prompt())
              : edits.getOrDefault(critique, Optional.empty());
      prompt
          .filter(text -> !text.isEmpty() && !CritiqueText.isNoChange(text))
          .ifPresent(text -> revisions.add(new Revision(critique, text)));
    }
    return revisions;
  }

  /** By the numbers that they have in the critic's letter. */
  private Letter failures(Order order) {
    return ShownExperiments.of(
        order.experiments(),
        one ->
            one instanceof Experiment.Run run
                && run.isFailure()
                && !isDoubted(run.rollout().task()));
  }

  /** The request in a chosen way, or in another one where the same was asked at once before. */
  private Optional<ChatRequest> request(
      List<MetaPrompt> ways,
      Choices choices,
      Function<MetaPrompt, ChatRequest> filling,
      Set<Object> bodies) {
    MetaPrompt chosen = choices.choice(ways);
    List<MetaPrompt> order = new ArrayList<>(List.of(chosen));
    ways.stream().filter(way -> !way.equals(chosen)).forEach(order::add);
    for (MetaPrompt way : order) {
      ChatRequest request = filling.apply(way);
      if (bodies.add(request.body()) || asksAll) {
        return Optional.of(request);
      }
    }
    return Optional.empty();
  }
}
