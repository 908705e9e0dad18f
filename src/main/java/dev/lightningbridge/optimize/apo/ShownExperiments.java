package dev.lightningbridge.optimize.apo;

import dev.lightningbridge.common.Json;
import dev.lightningbridge.dataset.Message;
import dev.lightningbridge.dataset.Outcome;
import dev.lightningbridge.dataset.Rollout;
import dev.lightningbridge.model.Letter;
import dev.lightningbridge.optimize.HumanNote;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * Experiments as the critic reads them: the messages, the reward, the words of grader or person. A
 * person's words are marked as such, and stand in quotes as one line.
 */
final class ShownExperiments {
  /** Characters of a message that are shown; its middle is left out where it is longer. */
  private static final int LONGEST = 12_000;

  private ShownExperiments() {}

  static Letter of(List<Experiment> experiments) {
    return of(experiments, shown -> true);
  }

  /** Those that are to be shown, numbered as all are from 1; "None." where none is. */
  static Letter of(List<Experiment> experiments, Predicate<Experiment> shown) {
    if (experiments.stream().noneMatch(shown)) {
      return new Letter().say("None.");
    }
    Letter letter = new Letter();
    String between = "";
    for (int i = 0; i < experiments.size(); i++) {
      if (!shown.test(experiments.get(i))) {
        continue;
      }
      letter.say(between);
      between = "\n\n";
      switch (experiments.get(i)) {
        case Experiment.Run run -> {
          letter.say("## Run %d\n\n".formatted(i + 1));
          show(letter, run.rollout());
        }
        case Experiment.Note noted -> {
          HumanNote note = noted.note();
          String heading = note.kind().label().toLowerCase(Locale.ROOT);
          letter.say("## Experiment %d, with a %s\n\n".formatted(i + 1, heading));
          show(letter, note);
        }
      }
    }
    return letter;
  }

  private static void show(Letter letter, Rollout rollout) {
    switch (rollout.outcome()) {
      case Outcome.Rewarded r -> {
        letter.say(String.format(Locale.ROOT, "Reward: %.2f (0 worst, 1 best).", r.reward()));
        if (!r.feedback().isBlank()) {
          letter.say("\nGrader: ").data(shortened(r.feedback()));
        }
      }
      case Outcome.AgentFailed f ->
          letter
              .say("Reward: 0.00 (0 worst, 1 best).\n" + whyNothing(f.failure().kind()))
              .data(f.failure().cause());
      case Outcome.InfrastructureFailed f ->
          throw new IllegalArgumentException("a failure of the infrastructure shows nothing");
    }
    letter.say("\n\n### Messages\n\n").data(Json.write(messages(rollout)));
  }

  private static String whyNothing(String kind) {
    if (FailureKind.isEmpty(kind)) {
      return "The agent's answer was empty: ";
    }
    return kind.equals("REFUSED")
        ? "The model or a filter in front of it declined to answer: "
        : "The agent gave no output: ";
  }

  private static void show(Letter letter, HumanNote note) {
    letter.say(note.kind().label() + ": ").data(Json.write(shortened(note.text())));
    if (note.reward() != null) {
      letter.say(
          String.format(
              Locale.ROOT, "\nReward by the person: %.2f (0 worst, 1 best).", note.reward()));
    }
    List<Message> messages = new ArrayList<>();
    if (note.input() != null) {
      messages.add(new Message("user", shortened(note.input())));
    }
    if (note.output() != null) {
      messages.add(new Message("assistant", shortened(note.output())));
    }
    if (!messages.isEmpty()) {
      letter
          .say("\n\n### Messages, of an earlier form of the prompt\n\n")
          .data(Json.write(messages));
    }
  }

  /** Without the prompt itself, which the critic sees once, above. */
  private static List<Message> messages(Rollout rollout) {
    List<Message> messages =
        rollout.messages().isEmpty()
            ? List.of(new Message("user", rollout.task().input()))
            : rollout.messages();
    return messages.stream()
        .filter(m -> !m.content().equals(rollout.prompt()))
        .map(m -> new Message(m.role(), shortened(m.content())))
        .toList();
  }

  private static String shortened(String content) {
    if (content.length() <= LONGEST) {
      return content;
    }
    int half = LONGEST / 2;
    return content.substring(0, half)
        + "\n… (%d characters left out) …\n".formatted(content.length() - 2 * half)
        + content.substring(content.length() - half);
  }
}
