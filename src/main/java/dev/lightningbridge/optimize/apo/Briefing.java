package dev.lightningbridge.optimize.apo;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import dev.lightningbridge.common.Figures;
import dev.lightningbridge.dataset.InputShape;
import dev.lightningbridge.dataset.PromptPlaces;
import dev.lightningbridge.dataset.Rollout;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.model.Letter;
import dev.lightningbridge.optimize.CallTerms;
import dev.lightningbridge.optimize.OptimizationJob;
import dev.lightningbridge.optimize.PromptGuard;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What critic and editor are told beside the runs: how the agent is called with the prompt, what
 * the prompt came to on all tasks that it was run on, and what was tried from it.
 */
final class Briefing {
  private static final int MOST_LABELS = 20;
  private static final int LONGEST_LABEL = 40;
  private static final int LONGEST_CRITIQUE = 300;
  private static final int LONGEST_CHANGE = 500;
  private static final int LONGEST_RUN = 200;

  /** So many of the tasks that an edit broke are named. */
  private static final int BROKEN_SHOWN = 2;

  /** From this mean reward on, what still fails may be chance. */
  private static final double NEARLY_ALL = 0.9;

  private final CallTerms terms;
  private final PromptGuard guard;
  private final List<Task> tasks;
  private final Set<String> labels;

  Briefing(OptimizationJob job) {
    terms = job.terms();
    guard = job.guard();
    tasks = Stream.concat(job.train().stream(), job.validation().stream()).toList();
    labels = labels(tasks);
  }

  /**
   * An edit of a prompt, and what became of it.
   *
   * @param change the lines that it took out and put in
   * @param lead how far it is ahead of that prompt
   * @param failed how many of these tasks had less than the full reward before
   * @param mended on how many tasks its reward is higher
   * @param broken its runs whose reward is lower
   */
  record Tried(
      String critique, String change, Lead lead, int failed, int mended, List<Rollout> broken) {}

  /** How the agent is called with the candidate. */
  Letter called(Candidate candidate) {
    Letter letter = new Letter().say("- " + input(candidate.prompt()));
    if (terms.model() != null) {
      letter.say("\n- The agent's model is named:\n").data(terms.model());
    }
    if (terms.answerTokens() != null) {
      letter.say(
          "\n- An answer has at most %d tokens; what is longer is cut off."
              .formatted(terms.answerTokens()));
    }
    letter.say("\n- Each answer gets a reward from 0 (worst) to 1 (best).");
    letter.say(
        "\n- The prompt has about %d tokens, and may have %d. Each call pays for them."
            .formatted(candidate.tokens(), guard.mostTokens()));
    List<String> fixed = Stream.concat(guard.places().stream(), guard.lines().stream()).toList();
    if (!fixed.isEmpty()) {
      letter
          .say("\n- These stand in the prompt as they are, and must stay in it:\n")
          .data(String.join("\n", fixed));
    }
    return letter;
  }

  private String input(String prompt) {
    if (terms.program()) {
      return "A program runs the agent: it gets the prompt and the input, and calls the model as it"
          + " likes.";
    }
    InputShape shape = tasks.isEmpty() ? null : tasks.getFirst().shape();
    return switch (shape) {
      case null ->
          "The prompt is sent as the system message, and the input, alone and as it is, as the"
              + " user's message. The agent sees nothing else.";
      case InputShape.Chat chat ->
          "The prompt is sent as the system message; a conversation so far follows, and the agent"
              + " writes its next message.";
      case InputShape.Values values when !PromptPlaces.in(prompt).isEmpty() ->
          "The input's values are put into the places in double curly brackets; the agent sees"
              + " nothing else.";
      case InputShape.Values values ->
          "The prompt is sent as the system message, and the input's values as the user's message.";
    };
  }

  /** How many tasks the search has. */
  int tasks() {
    return tasks.size();
  }

  /** What the candidate came to on all of these runs, and what was tried from it. */
  Letter results(List<Rollout> runs, List<Tried> tried) {
    List<Rollout> rewarded = runs.stream().filter(r -> r.reward().isPresent()).toList();
    Letter letter = new Letter();
    double mean = rewarded.stream().mapToDouble(r -> r.reward().orElseThrow()).average().orElse(0);
    letter.say(
        "The prompt was run on %s; its mean reward is %s. %s"
            .formatted(
                Figures.counted(rewarded.size(), "task"), Figures.decimal(mean), kinds(rewarded)));
    if (mean >= NEARLY_ALL) {
      letter.say(
          " That is nearly all: a further change must not break what goes right, and what fails on"
              + " one task alone may be chance.");
    }
    tried.forEach(one -> tell(letter, one));
    if (!tried.isEmpty() && tried.stream().allMatch(one -> one.lead().mean() <= 0)) {
      letter.say("\n\nNothing of this helped: a change of another kind may.");
    }
    return letter;
  }

  private static void tell(Letter letter, Tried one) {
    letter
        .say("\n\nAn edit was tried, by this critique:\n")
        .data(shortened(one.critique(), LONGEST_CRITIQUE))
        .say("\nIt took out the lines with - and put in those with +:\n")
        .data(shortened(one.change(), LONGEST_CHANGE))
        .say(
            ("\nOn %s its mean reward was %s by %s: it mended %d of the %d that had less than"
                    + " the full reward, and broke %d.")
                .formatted(
                    Figures.counted(one.lead().tasks(), "task"),
                    one.lead().mean() > 0 ? "higher" : one.lead().mean() < 0 ? "lower" : "changed",
                    Figures.decimal(Math.abs(one.lead().mean())),
                    one.mended(),
                    one.failed(),
                    one.broken().size()));
    one.broken().stream()
        .limit(BROKEN_SHOWN)
        .forEach(
            run ->
                letter
                    .say("\nIt broke this one:\n")
                    .data(shortened(run.task().input(), LONGEST_RUN))
                    .say("\nAnd answered:\n")
                    .data(shortened(run.output(), LONGEST_RUN)));
  }

  private String kinds(List<Rollout> rewarded) {
    List<Rollout> failed = rewarded.stream().filter(r -> r.reward().orElseThrow() < 1).toList();
    String full = "%d got the full reward".formatted(rewarded.size() - failed.size());
    Map<FailureKind, Long> kinds =
        failed.stream()
            .collect(
                groupingBy(
                    r -> FailureKind.of(r, labels),
                    () -> new EnumMap<>(FailureKind.class),
                    counting()));
    return Stream.concat(
            Stream.of(full),
            kinds.entrySet().stream().map(e -> "%d %s".formatted(e.getValue(), is(e))))
        .collect(Collectors.joining(", ", "", "."));
  }

  private static String is(Map.Entry<FailureKind, Long> kind) {
    return (kind.getValue() == 1 ? "is " : "are ") + kind.getKey().words();
  }

  /** The answers that there can be, where answers are labels; else none. */
  private static Set<String> labels(List<Task> tasks) {
    Set<String> labels = new HashSet<>();
    for (Task task : tasks) {
      String expected = task.expectedText();
      if (expected == null || expected.length() > LONGEST_LABEL) {
        return Set.of();
      }
      labels.add(expected.strip());
    }
    return labels.size() > MOST_LABELS || 2 * labels.size() > tasks.size()
        ? Set.of()
        : Set.copyOf(labels);
  }

  private static String shortened(String text, int most) {
    return text.codePointCount(0, text.length()) <= most
        ? text
        : text.substring(0, text.offsetByCodePoints(0, most)) + "…";
  }
}
