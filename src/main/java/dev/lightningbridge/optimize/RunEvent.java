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

  /** Something worth a line in the log. */
  record Note(String level, String text) implements RunEvent {}

  /** Takes events, in order, one at a time; must be quick. */
  @FunctionalInterface
  interface Listener {
    void on(RunEvent event);

    /** From now on it can be asked what the run has spent; at any time, and by any thread. */
    default void spending(Supplier<Spend> spent) {}
  }
}
