package dev.lightningbridge.optimize.apo;

import dev.lightningbridge.dataset.Failure;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.optimize.FailureLimit;
import dev.lightningbridge.optimize.GuardedEdits;
import dev.lightningbridge.optimize.OptimizationJob;
import dev.lightningbridge.optimize.OptimizationResult;
import dev.lightningbridge.optimize.OptimizationResult.StopReason;
import dev.lightningbridge.optimize.PromptGuard;
import dev.lightningbridge.optimize.PromptOptimizer.Context;
import dev.lightningbridge.optimize.RunEvent;
import dev.lightningbridge.optimize.demonstrations.Demonstration;
import dev.lightningbridge.optimize.demonstrations.Demonstrations;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a strategy works with: it has candidates evaluated and revised, names the new ones, keeps
 * the best and tells the listener. Used by one thread.
 */
final class Workbench implements AutoCloseable {
  private final SearchEvents events;
  private final CallPool pool;
  private final Rollouts rollouts;
  private final Reviser reviser;
  private final Demonstrations demonstrations;
  private final Map<String, Set<String>> shown = new HashMap<>();
  private final GuardedEdits edits;
  private final Candidate seed;
  private Candidate best;
  private double bestScore = Double.NaN;
  private int candidates;

  /**
   * @param plan whether it looks up what it knows, and how many calls it may make
   */
  Workbench(OptimizationJob job, Context context, EngineSearch.Plan plan) {
    events = new SearchEvents(context.events());
    pool = new CallPool(job.settings().concurrency(), plan.calls(), context.cancellation());
    rollouts = new Rollouts(context.rollouts(), pool, events, plan.remembers());
    reviser =
        new Reviser(
            context.models(),
            job.settings().diversityTemperature(),
            pool,
            events,
            new Briefing(job),
            !plan.remembers());
    edits = new GuardedEdits(job.guard(), events);
    demonstrations = job.means().demonstrations();
    seed = candidate(job.seedPrompt(), null, 0, null);
    best = seed;
  }

  Candidate seed() {
    return seed;
  }

  Rollouts rollouts() {
    return rollouts;
  }

  Reviser reviser() {
    return reviser;
  }

  CallPool calls() {
    return pool;
  }

  Demonstrations demonstrations() {
    return demonstrations;
  }

  /** Whether the task may tell what the candidate is worth: not where its answer is in it. */
  boolean mayRun(Candidate candidate, Task task) {
    return !shown
        .computeIfAbsent(
            candidate.prompt(),
            prompt ->
                demonstrations.in(prompt).stream()
                    .map(Demonstration::task)
                    .collect(Collectors.toSet()))
        .contains(task.id());
  }

  /** How much of the calls that the strategy may make is left, 0 to 1. */
  double left() {
    return 1 - (double) pool.made() / pool.limit();
  }

  /** What each new prompt must hold. */
  PromptGuard guard() {
    return edits.guard();
  }

  /** A new prompt as it may be run, mended where it must be; empty where it is dropped. */
  Optional<String> admitted(String prompt, Candidate parent, int round) {
    return edits.admitted(parent.name(), parent.prompt(), prompt, round);
  }

  /** A new candidate, named and told. */
  Candidate candidate(
      String prompt, @Nullable Candidate parent, int round, @Nullable String critique) {
    Candidate candidate = new Candidate("v" + candidates, prompt);
    candidates++;
    events.on(
        new RunEvent.CandidateMade(
            candidate.name(), parent == null ? null : parent.name(), round, prompt, critique));
    return candidate;
  }

  /** Candidates run on training tasks, to learn what is wrong with them. */
  List<Evaluation> practise(List<Rollouts.Trial> trials, int round) throws SearchStopped {
    return evaluated(trials, "train", round);
  }

  /** Candidates run on the same tasks, to be compared. */
  List<Evaluation> compare(List<Candidate> candidates, List<Task> tasks, int round)
      throws SearchStopped {
    return evaluated(candidates.stream().map(c -> trial(c, tasks)).toList(), "validation", round);
  }

  private Rollouts.Trial trial(Candidate candidate, List<Task> tasks) {
    return new Rollouts.Trial(
        candidate, tasks.stream().filter(task -> mayRun(candidate, task)).toList());
  }

  /** There is a new best. */
  void best(Candidate candidate, double score, int round) {
    best = candidate;
    bestScore = score;
    events.on(new RunEvent.BestChanged(candidate.name(), round, score));
  }

  void roundFinished(int round, int rounds, List<Candidate> kept) {
    events.on(
        new RunEvent.RoundFinished(round, rounds, kept.stream().map(Candidate::name).toList()));
  }

  OptimizationResult result(StopReason reason) {
    return new OptimizationResult(best.prompt(), bestScore, reason, edits.remarks())
        .withRemarks(reviser.remarks());
  }

  @Override
  public void close() {
    pool.close();
    events.close();
  }

  private List<Evaluation> evaluated(List<Rollouts.Trial> trials, String purpose, int round)
      throws SearchStopped {
    List<Evaluation> evaluations = new ArrayList<>(rollouts.of(trials));
    for (Evaluation evaluation : evaluations) {
      requireRewards(evaluation);
      events.on(
          new RunEvent.Evaluated(
              evaluation.candidate().name(),
              round,
              purpose,
              evaluation.rewarded().size(),
              evaluation.failures(),
              evaluation.mean()));
    }
    return evaluations;
  }

  private static void requireRewards(Evaluation evaluation) {
    List<Failure> failures =
        evaluation.rollouts().stream()
            .filter(rollout -> rollout.reward().isEmpty())
            .flatMap(rollout -> rollout.failure().stream())
            .toList();
    int tasks = evaluation.rollouts().size();
    if (FailureLimit.isPassed(failures.size(), tasks)) {
      throw FailureLimit.error("candidate " + evaluation.candidate().name(), failures, tasks);
    }
  }
}
