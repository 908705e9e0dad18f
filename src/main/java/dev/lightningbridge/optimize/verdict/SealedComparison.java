package dev.lightningbridge.optimize.verdict;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.Cancellation;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.optimize.RolloutRunner;
import dev.lightningbridge.optimize.RunEvent;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Opens the sealed test set, once: runs the current agent and the winner on the same tasks and
 * judges by {@link SignFlips}. A rollout that fails through no fault of the agent is tried once
 * more; then its task is left out for both. On request it is looked at after each task, by {@link
 * SequentialBounds}, and ends as soon as the winner is shown to be better.
 */
public final class SealedComparison {
  private final int concurrency;
  private final RunEvent.Listener events;
  private final Cancellation cancellation;
  private final long seed;
  private final Compared compared;
  private final Supplier<TestCriterion> criterion;
  private final boolean endsEarly;

  /**
   * Compares prompts, by {@link TestCriterion#ONCE}.
   *
   * @param concurrency tasks at the same time, at least 1
   */
  public SealedComparison(
      int concurrency, RunEvent.Listener events, Cancellation cancellation, long seed) {
    this(
        concurrency, events, cancellation, seed, Compared.PROMPTS, () -> TestCriterion.ONCE, false);
  }

  private SealedComparison(
      int concurrency,
      RunEvent.Listener events,
      Cancellation cancellation,
      long seed,
      Compared compared,
      Supplier<TestCriterion> criterion,
      boolean endsEarly) {
    this.concurrency = concurrency;
    this.events = events;
    this.cancellation = cancellation;
    this.seed = seed;
    this.compared = compared;
    this.criterion = criterion;
    this.endsEarly = endsEarly;
  }

  /** The same test of what else is compared. */
  public SealedComparison of(Compared what) {
    return new SealedComparison(
        concurrency, events, cancellation, seed, what, criterion, endsEarly);
  }

  /**
   * The same test by what else a winner must show.
   *
   * @param opened is asked once, right before the first call; not where there is nothing to test
   */
  public SealedComparison by(Supplier<TestCriterion> opened) {
    return new SealedComparison(
        concurrency, events, cancellation, seed, compared, opened, endsEarly);
  }

  /** The same test, ended as soon as it is decided, or carried out to its end in any case. */
  public SealedComparison endingEarly(boolean early) {
    return new SealedComparison(
        concurrency, events, cancellation, seed, compared, criterion, early);
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
   * @param pairs by the order of the tasks; where the test was decided early, those up to there;
   *     where the budget ran out, those that were finished
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
    TestCriterion needed = criterion.get();
    if (tasks.size() < needed.fewestTasks()) {
      return new Result(Verdict.tooFewTasks(tasks.size(), needed.level()), List.of());
    }
    EarlyEnd earlyEnd = endsEarly ? EarlyEnd.of(tasks.size(), needed) : EarlyEnd.none();
    List<PairedRollout> pairs =
        new PairedRollouts(baseline, winner, tasks, events, cancellation, earlyEnd)
            .pairs(concurrency);
    report(baseline, pairs, pair -> pair.baseline().reward().orElseThrow());
    report(winner, pairs, pair -> pair.winner().reward().orElseThrow());
    if (pairs.size() < tasks.size() && !earlyEnd.isReached()) {
      return new Result(
          Verdict.budgetRanOut(atOneLook(pairs, needed.level()), tasks.size(), compared), pairs);
    }
    return new Result(verdict(pairs, tasks.size(), needed), pairs);
  }

  private Verdict verdict(List<PairedRollout> pairs, int planned, TestCriterion needed) {
    if (!endsEarly) {
      TestResult test = Objects.requireNonNull(atOneLook(pairs, needed.level()));
      return Verdict.of(test, compared, needed.leastEffect());
    }
    TestResult test = TestResult.ofLooks(pairs, planned, needed.level());
    return Verdict.of(test, compared, needed.leastEffect())
        .withRemark(EarlyEnd.words(pairs.size(), planned));
  }

  private @Nullable TestResult atOneLook(List<PairedRollout> pairs, double level) {
    List<PairedRollout> compared = pairs.stream().filter(PairedRollout::comparable).toList();
    return compared.isEmpty()
        ? null
        : TestResult.of(
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
}
