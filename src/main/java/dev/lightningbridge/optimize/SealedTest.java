package dev.lightningbridge.optimize;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.Cancellation;
import dev.lightningbridge.common.Parallel;
import dev.lightningbridge.dataset.Failure;
import dev.lightningbridge.dataset.Outcome;
import dev.lightningbridge.dataset.Rollout;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.model.ModelException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Opens the sealed test set, once: runs the current agent and the winner on the same tasks and
 * judges by {@link SignFlipTest}. A rollout that fails through no fault of the agent is tried once
 * more; then its task is left out for both.
 */
public final class SealedTest {
  private final int concurrency;
  private final RunEvent.Listener events;
  private final Cancellation cancellation;
  private final long seed;
  private final Compared compared;
  private final Supplier<Criterion> criterion;

  /**
   * Compares prompts, by {@link Criterion#ONCE}.
   *
   * @param concurrency tasks at the same time, at least 1
   */
  public SealedTest(
      int concurrency, RunEvent.Listener events, Cancellation cancellation, long seed) {
    this(concurrency, events, cancellation, seed, Compared.PROMPTS, () -> Criterion.ONCE);
  }

  private SealedTest(
      int concurrency,
      RunEvent.Listener events,
      Cancellation cancellation,
      long seed,
      Compared compared,
      Supplier<Criterion> criterion) {
    this.concurrency = concurrency;
    this.events = events;
    this.cancellation = cancellation;
    this.seed = seed;
    this.compared = compared;
    this.criterion = criterion;
  }

  /** The same test of what else is compared. */
  public SealedTest of(Compared what) {
    return new SealedTest(concurrency, events, cancellation, seed, what, criterion);
  }

  /**
   * The same test by what else a winner must show.
   *
   * @param opened is asked once, right before the first call; not where there is nothing to test
   */
  public SealedTest by(Supplier<Criterion> opened) {
    return new SealedTest(concurrency, events, cancellation, seed, compared, opened);
  }

  /**
   * A prompt, or a model, under test.
   *
   * @param name the candidate's name in the run's events: v0, v1, …
   * @param rollouts runs its model, and grades
   */
  public record Contestant(String name, String prompt, RolloutRunner rollouts) {
    private boolean isSameAs(Contestant other) {
      return prompt.equals(other.prompt) && rollouts == other.rollouts;
    }
  }

  /**
   * What came out.
   *
   * @param pairs by the order of the tasks; where the budget ran out, those that were finished
   */
  public record Result(Verdict verdict, List<PairedRollout> pairs) {}

  /**
   * Runs the test. Where both are the same, or no result could reach the level, nothing is run;
   * where the budget runs out the verdict is HOLD, with what the finished tasks say.
   *
   * @throws BridgeException where more tasks fail through no fault of the agent than {@link
   *     FailureLimit} bears
   * @throws CancellationException where the run was cancelled
   */
  public Result run(Contestant baseline, Contestant winner, List<Task> tasks) {
    if (baseline.isSameAs(winner)) {
      return new Result(Verdict.samePrompt(), List.of());
    }
    if (tasks.isEmpty()) {
      return new Result(Verdict.withoutTasks(), List.of());
    }
    Criterion needed = criterion.get();
    if (tasks.size() < needed.fewestTasks()) {
      return new Result(Verdict.tooFewTasks(tasks.size(), needed.level()), List.of());
    }
    List<PairedRollout> pairs = new Opening(baseline, winner, tasks).pairs();
    @Nullable TestResult test = measured(pairs, needed.level());
    report(baseline, pairs, pair -> pair.baseline().reward().orElseThrow());
    report(winner, pairs, pair -> pair.winner().reward().orElseThrow());
    Verdict verdict =
        test == null || pairs.size() < tasks.size()
            ? Verdict.budgetRanOut(test, tasks.size(), compared)
            : Verdict.of(test, compared, needed.leastEffect());
    return new Result(verdict, pairs);
  }

  private @Nullable TestResult measured(List<PairedRollout> pairs, double level) {
    List<PairedRollout> compared = pairs.stream().filter(PairedRollout::comparable).toList();
    if (compared.isEmpty()) {
      return null;
    }
    return TestResult.of(
        compared.stream().mapToDouble(p -> p.baseline().reward().orElseThrow()).toArray(),
        compared.stream().mapToDouble(p -> p.winner().reward().orElseThrow()).toArray(),
        pairs.size() - compared.size(),
        level,
        seed);
  }

  private void report(
      Contestant contestant, List<PairedRollout> pairs, ToDoubleFunction<PairedRollout> reward) {
    List<PairedRollout> compared = pairs.stream().filter(PairedRollout::comparable).toList();
    if (!compared.isEmpty()) {
      double mean = compared.stream().mapToDouble(reward).average().orElseThrow();
      int failures = pairs.size() - compared.size();
      tell(new RunEvent.Evaluated(contestant.name(), 0, "test", compared.size(), failures, mean));
    }
  }

  private synchronized void tell(RunEvent event) {
    events.on(event);
  }

  /** One opening of the test set, task by task; ends early where going on is no use. */
  private final class Opening {
    private final Contestant baseline;
    private final Contestant winner;
    private final List<Task> tasks;
    private final List<Failure> failures = new ArrayList<>();
    private volatile boolean ended;

    Opening(Contestant baseline, Contestant winner, List<Task> tasks) {
      this.baseline = baseline;
      this.winner = winner;
      this.tasks = tasks;
    }

    List<PairedRollout> pairs() {
      List<PairedRollout> pairs = Parallel.map(concurrency, tasks, this::pair);
      cancellation.throwIfRequested();
      return pairs;
    }

    /** Empty where the test ended before both prompts were run on the task. */
    private Optional<PairedRollout> pair(Task task) {
      try {
        if (ended || cancellation.isRequested()) {
          return Optional.empty();
        }
        Rollout ofBaseline = rollout(baseline, task);
        Rollout ofWinner = rollout(winner, task);
        PairedRollout pair = new PairedRollout(task, ofBaseline, ofWinner);
        if (!pair.comparable()) {
          leaveOut(pair);
        }
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

    private synchronized void leaveOut(PairedRollout pair) {
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
  }
}
