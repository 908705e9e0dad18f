package dev.lightningbridge.optimize;

import dev.lightningbridge.dataset.Failure;
import dev.lightningbridge.dataset.Rollout;
import dev.lightningbridge.model.Spend;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What happens in a run, as it happens. Candidates are named v0 (the seed prompt), v1, … */
public sealed interface RunEvent {
  /**
   * The run begins once more, in another process, after it was broken off: what was told before
   * this is told again, by answers that were kept.
   */
  record Resumed() implements RunEvent {}

  /**
   * A part of the run begins.
   *
   * @param name judge, search, train or test
   * @param plannedRollouts how many it will make if nothing ends it early; of the judge, how many
   *     outputs it will score; of a training, how many steps it will take
   */
  record PhaseStarted(String name, int plannedRollouts) implements RunEvent {}

  /** The engine is ready to search. */
  record EngineStarted(String engine, String detail) implements RunEvent {}

  /**
   * A rollout of a candidate ended.
   *
   * @param reward 0 to 1; null where model, network or grader failed
   * @param cutOff whether a limit of tokens ended the output that was graded
   */
  record RolloutFinished(
      @Nullable String candidate,
      String taskId,
      @Nullable Double reward,
      @Nullable Failure failure,
      boolean cutOff)
      implements RunEvent {
    /** Of this rollout. */
    public static RolloutFinished of(@Nullable String candidate, Rollout rollout) {
      OptionalDouble reward = rollout.reward();
      return new RolloutFinished(
          candidate,
          rollout.task().id(),
          reward.isPresent() ? reward.getAsDouble() : null,
          rollout.failure().orElse(null),
          rollout.cutOff());
    }
  }

  /** The judge scored an output that people had scored, both from 1 to 10. */
  record OutputJudged(String outputId, int people, int judge) implements RunEvent {}

  /**
   * A candidate was evaluated on some tasks.
   *
   * @param purpose train, validation or test
   * @param mean mean reward, 0 to 1, over the {@code tasks} that have one
   */
  record Evaluated(
      String candidate, int round, String purpose, int tasks, int failures, double mean)
      implements RunEvent {}

  /** A critique of a candidate was written. */
  record Critiqued(String candidate, int round, String critique) implements RunEvent {}

  /** A new candidate was made from a parent. */
  record CandidateMade(
      String candidate,
      @Nullable String parent,
      int round,
      String prompt,
      @Nullable String critique)
      implements RunEvent {}

  /**
   * A new prompt had lost what must stay in it, or was too long.
   *
   * @param candidate the prompt that it was made from
   * @param repaired whether it was mended and is run; else it was dropped
   * @param why the end of a sentence, such as {@code it lost {{question}}}
   */
  record EditGuarded(String candidate, int round, boolean repaired, String why)
      implements RunEvent {
    /** In words. */
    public String words() {
      return "A new prompt made from %s was %s: %s."
          .formatted(candidate, repaired ? "repaired" : "dropped", why);
    }
  }

  /**
   * A round ended.
   *
   * @param beam the candidates kept, best first
   */
  record RoundFinished(int round, int rounds, List<String> beam) implements RunEvent {}

  /** There is a new best candidate. */
  record BestChanged(String candidate, int round, double score) implements RunEvent {}

  /**
   * A step of a model's training ended.
   *
   * @param of how many there will be
   * @param metrics what the trainer measured, by its own names, such as {@code loss}, {@code
   *     grad_norm}, {@code reward}; finite numbers
   */
  record TrainingStep(int step, int of, Map<String, Double> metrics) implements RunEvent {
    public TrainingStep {
      metrics = Collections.unmodifiableMap(new TreeMap<>(metrics));
    }

    /** The metrics in words, those that matter most first. */
    public String words() {
      return Stream.concat(
              TOLD_FIRST.stream().filter(metrics::containsKey),
              metrics.keySet().stream().filter(name -> !TOLD_FIRST.contains(name)))
          .limit(MOST_TOLD)
          .map(name -> String.format(Locale.ROOT, "%s %.4g", name, metrics.get(name)))
          .collect(Collectors.joining(", "));
    }

    private static final List<String> TOLD_FIRST =
        List.of(
            "loss",
            "reward",
            "rewards/accuracies",
            "rewards/margins",
            "kl",
            "grad_norm",
            "response_length",
            "seconds",
            "gpu_memory_gb");
    private static final int MOST_TOLD = 8;
  }

  /**
   * The current prompt got no reward on any task, before the search.
   *
   * @param tasks on how many
   * @param taskId one of them; {@code output} what was answered there, {@code expected} what was
   *     wanted, where that is known, {@code feedback} the grader's words
   */
  record StartAtZero(
      int tasks, String taskId, String output, @Nullable String expected, String feedback)
      implements RunEvent {
    /** That it is so, in a sentence. */
    public String sentence() {
      return "The current prompt gets no reward on any of %d tasks.".formatted(tasks);
    }

    /** One output beside what was expected, each a line. */
    public List<String> example() {
      return Stream.of(
              "On task %s it answers: %s"
                  .formatted(taskId, output.isBlank() ? "nothing" : onOneLine(output)),
              expected == null ? "" : "Expected was: " + onOneLine(expected),
              feedback.isBlank() ? "" : "Why: " + onOneLine(feedback))
          .filter(line -> !line.isEmpty())
          .toList();
    }

    private static String onOneLine(String text) {
      return text.strip().replaceAll("\\s+", " ");
    }
  }

  /** A search goes on though its start got no reward: it was asked for, or somebody agreed. */
  record WentOnAtZero() implements RunEvent {}

  /** Something worth a line in the log. */
  record Note(String level, String text) implements RunEvent {}

  /** Takes events, in order, one at a time; must be quick. */
  @FunctionalInterface
  interface Listener {
    void on(RunEvent event);

    /** From now on it can be asked what the run has spent; at any time, and by any thread. */
    default void spending(Supplier<Spend> spent) {}

    /** Whether whoever is shown the events agrees that such a search goes on; nobody does here. */
    default boolean goesOn(StartAtZero start) {
      return false;
    }
  }
}
