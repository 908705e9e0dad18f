package dev.lightningbridge.optimize.verdict;

import dev.lightningbridge.common.Cancellation;
import dev.lightningbridge.common.Parallel;
import dev.lightningbridge.dataset.Failure;
import dev.lightningbridge.dataset.Outcome;
import dev.lightningbridge.dataset.Rollout;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.model.ModelException;
import dev.lightningbridge.optimize.FailureLimit;
import dev.lightningbridge.optimize.RunEvent;
import dev.lightningbridge.optimize.verdict.SealedComparison.Contestant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Runs both prompts on the tasks of one opening of the sealed test set; ends early where going on
 * is no use.
 */
final class PairedRollouts {
  private final Contestant baseline;
  private final Contestant winner;
  private final List<Task> tasks;
  private final RunEvent.Listener events;
  private final Cancellation cancellation;
  private final EarlyEnd earlyEnd;
  private final InOrder<PairedRollout> finished = new InOrder<>(this::take);
  private final List<Failure> failures = new ArrayList<>();
  private final AtomicInteger begun = new AtomicInteger();
  private volatile boolean ended;

  /**
   * Of one opening.
   *
   * @param earlyEnd is shown each pair, by the order of the tasks, until it is reached
   */
  PairedRollouts(
      Contestant baseline,
      Contestant winner,
      List<Task> tasks,
      RunEvent.Listener events,
      Cancellation cancellation,
      EarlyEnd earlyEnd) {
    this.baseline = baseline;
    this.winner = winner;
    this.tasks = tasks;
    this.events = events;
    this.cancellation = cancellation;
    this.earlyEnd = earlyEnd;
  }

  /** By the order of the tasks: up to the early end, or all that were finished. */
  List<PairedRollout> pairs(int concurrency) {
    List<PairedRollout> pairs =
        Parallel.map(concurrency, IntStream.range(0, tasks.size()).boxed().toList(), this::pair);
    cancellation.throwIfRequested();
    if (!earlyEnd.isReached()) {
      finished.rest();
      return pairs;
    }
    tell(
        new RunEvent.Note(
            "info",
            "The sealed test was decided after %d of %d tasks; %d were never opened."
                .formatted(earlyEnd.tasks(), tasks.size(), tasks.size() - begun.get())));
    return pairs.subList(0, earlyEnd.tasks());
  }

  /** Empty where the test ended before both prompts were run on the task. */
  private Optional<PairedRollout> pair(int index) {
    try {
      if (ended || cancellation.isRequested()) {
        return Optional.empty();
      }
      begun.incrementAndGet();
      Task task = tasks.get(index);
      Rollout ofBaseline = rollout(baseline, task);
      if (ended) {
        return Optional.empty();
      }
      PairedRollout pair = new PairedRollout(task, ofBaseline, rollout(winner, task));
      finished.add(index, pair);
      return Optional.of(pair);
    } catch (ModelException e) {
      ended = true;
      if (e.kind() == ModelException.Kind.BUDGET_EXHAUSTED) {
        return Optional.empty();
      }
      throw new CancellationException(String.valueOf(e.getMessage()));
    }
  }

  private Rollout rollout(Contestant contestant, Task task) throws ModelException {
    Rollout rollout = contestant.rollouts().run(contestant.prompt(), task);
    if (rollout.outcome() instanceof Outcome.InfrastructureFailed && !ended) {
      rollout = contestant.rollouts().run(contestant.prompt(), task);
    }
    tell(RunEvent.RolloutFinished.of(contestant.name(), rollout));
    return rollout;
  }

  /** What comes after the early end counts for nothing, whether it failed or not. */
  private void take(PairedRollout pair) {
    if (earlyEnd.isReached()) {
      return;
    }
    if (!pair.comparable()) {
      leaveOut(pair);
    }
    earlyEnd.look(pair);
    ended |= earlyEnd.isReached();
  }

  private void leaveOut(PairedRollout pair) {
    failures.add(failure(pair));
    if (FailureLimit.isPassed(failures.size(), tasks.size())) {
      throw FailureLimit.error("sealed test", failures, tasks.size());
    }
    tell(
        new RunEvent.Note(
            "warning",
            "test task %s is left out: %s".formatted(pair.task().id(), failure(pair).cause())));
  }

  private static Failure failure(PairedRollout pair) {
    Rollout failed = pair.baseline().reward().isEmpty() ? pair.baseline() : pair.winner();
    return failed.failure().orElseThrow();
  }

  private synchronized void tell(RunEvent event) {
    events.on(event);
  }
}
