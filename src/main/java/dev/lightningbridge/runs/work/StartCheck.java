package dev.lightningbridge.runs.work;

import dev.lightningbridge.common.Cancellation;
import dev.lightningbridge.common.Parallel;
import dev.lightningbridge.dataset.Outcome;
import dev.lightningbridge.dataset.Rollout;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.dataset.split.Split;
import dev.lightningbridge.model.ModelException;
import dev.lightningbridge.optimize.RolloutRunner;
import dev.lightningbridge.optimize.RunEvent;
import dev.lightningbridge.optimize.verdict.Unsearched;
import dev.lightningbridge.optimize.verdict.Verdict;
import dev.lightningbridge.runs.BegunRun;
import dev.lightningbridge.runs.RunRecorder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Looks at the current prompt before any critic is asked, for every engine: where it gets the full
 * reward there is nothing to gain, and where it gets none there is nothing to learn from. It stops
 * looking at the first tasks that show neither, after a few calls; the engine is given the rollouts
 * that were made when it asks for them.
 */
final class StartCheck {
  /** What so many tasks show is taken as shown. */
  private static final int MOST_TASKS = 64;

  /** Fixed, so that the calls that are made do not depend on how many are made at a time. */
  private static final int BLOCK = 4;

  private static final int SHOWN = 400;

  private final BegunRun run;
  private final RolloutRunner rollouts;
  private final RunRecorder events;
  private final Cancellation cancellation;

  StartCheck(BegunRun run, RolloutRunner rollouts, RunRecorder events, Cancellation cancellation) {
    this.run = run;
    this.rollouts = rollouts;
    this.events = events;
    this.cancellation = cancellation;
  }

  /** The verdict where the current prompt leaves nothing to search for; empty where it does. */
  Optional<Verdict> inVain(Split split) {
    return switch (of(run.plan().choice().baseline().systemPrompt(), split)) {
      case Found.Room room -> Optional.empty();
      case Found.Perfect perfect -> Optional.of(Unsearched.nothingToGain(perfect.tasks()));
      case Found.AtZero zero -> {
        events.on(zero.start());
        boolean goesOn =
            run.request().rules().goOnAtZero()
                || events.wentOnAtZero()
                || events.goesOn(zero.start());
        if (goesOn) {
          events.on(new RunEvent.WentOnAtZero());
          zero.made().forEach(rollouts::remember);
          yield Optional.empty();
        }
        tell(zero.made());
        yield Optional.of(Unsearched.nothingToLearn(zero.start()));
      }
    };
  }

  /** What the current prompt came to. */
  private sealed interface Found {
    /** Neither of the two, or it cannot be said. */
    record Room() implements Found {}

    /** The full reward on all of so many tasks. */
    record Perfect(int tasks) implements Found {}

    /** No reward on any task. */
    record AtZero(RunEvent.StartAtZero start, List<Rollout> made) implements Found {}
  }

  /** Runs it on validation tasks, then on training tasks, as long as either may be so. */
  private Found of(String prompt, Split split) {
    List<Task> tasks =
        Stream.concat(split.validation().stream(), split.train().stream())
            .limit(MOST_TASKS)
            .toList();
    List<Rollout> made = new ArrayList<>();
    for (int from = 0; from < tasks.size(); from += BLOCK) {
      List<Task> block = tasks.subList(from, Math.min(from + BLOCK, tasks.size()));
      List<Rollout> more =
          Parallel.map(
              Math.min(run.request().settings().concurrency(), BLOCK),
              block,
              task -> rollout(prompt, task));
      made.addAll(more);
      if (more.size() < block.size() || !(isPerfect(made) || (zeroMatters() && isAtZero(made)))) {
        made.forEach(rollouts::remember);
        return new Found.Room();
      }
    }
    return found(made);
  }

  private Found found(List<Rollout> made) {
    if (made.isEmpty()) {
      return new Found.Room();
    }
    if (isPerfect(made)) {
      tell(made);
      return new Found.Perfect(made.size());
    }
    return new Found.AtZero(start(made), made);
  }

  private void tell(List<Rollout> made) {
    made.forEach(rollout -> events.on(RunEvent.RolloutFinished.of("v0", rollout)));
    double mean = made.stream().mapToDouble(r -> r.reward().orElse(0)).average().orElse(0);
    events.on(new RunEvent.Evaluated("v0", 0, "validation", made.size(), 0, mean));
  }

  private Optional<Rollout> rollout(String prompt, Task task) {
    if (cancellation.isRequested()) {
      return Optional.empty();
    }
    try {
      return Optional.of(rollouts.run(prompt, task)).filter(r -> r.reward().isPresent());
    } catch (ModelException e) {
      // The budget is used up, or the run cancelled: the engine meets it too, and ends cleanly.
      return Optional.empty();
    }
  }

  private static boolean isPerfect(List<Rollout> made) {
    return made.stream().allMatch(rollout -> rollout.reward().orElse(0) >= 1);
  }

  /** A search without a critic learns from the answers that are expected, wherever it starts. */
  private boolean zeroMatters() {
    return run.request().hasCritic();
  }

  private static boolean isAtZero(List<Rollout> made) {
    return made.stream().allMatch(rollout -> rollout.reward().orElse(1) <= 0);
  }

  private static RunEvent.StartAtZero start(List<Rollout> made) {
    Rollout example =
        made.stream().filter(r -> !r.output().isBlank()).findFirst().orElse(made.getFirst());
    String feedback =
        switch (example.outcome()) {
          case Outcome.Rewarded rewarded -> rewarded.feedback();
          case Outcome.AgentFailed failed -> failed.failure().cause();
          case Outcome.InfrastructureFailed failed -> failed.failure().cause();
        };
    String expected = example.task().expectedText();
    return new RunEvent.StartAtZero(
        made.size(),
        example.task().id(),
        shortened(example.output()),
        expected == null ? null : shortened(expected),
        shortened(feedback));
  }

  private static String shortened(String text) {
    return text.codePointCount(0, text.length()) <= SHOWN
        ? text
        : text.substring(0, text.offsetByCodePoints(0, SHOWN)) + "…";
  }
}
