package dev.lightningbridge.optimize.apo;

import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.optimize.ApoSettings;
import dev.lightningbridge.optimize.OptimizationJob;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Automatic prompt optimisation by beam search and textual gradients, step by step as the class
 * {@code APO} of agentlightning 0.3.0 (after ProTeGi, Pryzant et al. 2023). Each round: parents
 * from the beam; each parent run on batches of training tasks, criticised and edited; all compared
 * on one batch of validation tasks; the best stay. The round's leader is run on all validation
 * tasks, and the best leader ever is the result.
 *
 * <p>Two things differ, neither in what is found: calls that do not depend on each other are made
 * at the same time, and a rollout that the infrastructure failed on is left out instead of counted
 * as 0. What people noted is shown to each critic beside the rollouts, as both engines do.
 */
final class BeamSearch implements EngineSearch {
  @Override
  public Plan plan(OptimizationJob job) {
    ApoSettings s = job.settings();
    String description =
        "beam search, %d rounds, beam %d, branch %d"
            .formatted(s.rounds(), s.beamWidth(), s.branchFactor());
    return new Plan(description, false, Long.MAX_VALUE);
  }

  @Override
  public void search(OptimizationJob job, Workbench bench, Choices choices) throws SearchStopped {
    ApoSettings settings = job.settings();
    Batches<Task> training = new Batches<>(job.train(), settings.gradientBatchSize(), choices);
    Batches<Task> validation =
        new Batches<>(job.validation(), settings.validationBatchSize(), choices);
    Evaluation best = onAll(job, bench.seed(), bench, 0);
    bench.best(best.candidate(), best.mean(), 0);
    List<Candidate> beam = List.of(bench.seed());
    for (int round = 1; round <= settings.rounds(); round++) {
      List<Candidate> parents = parents(beam, settings.beamWidth(), choices);
      List<Candidate> children = children(parents, job, training, bench, choices, round);
      List<Candidate> all = Stream.concat(beam.stream(), children.stream()).toList();
      beam = leaders(bench.compare(all, validation.next(), round), settings.beamWidth());
      Evaluation leader = onAll(job, beam.getFirst(), bench, round);
      Set<String> common = Evaluation.commonTasks(List.of(leader, best));
      if (leader.meanOver(common) > best.meanOver(common)) {
        best = leader;
        bench.best(leader.candidate(), leader.mean(), round);
      }
      bench.roundFinished(round, settings.rounds(), beam);
    }
  }

  private static List<Candidate> parents(List<Candidate> beam, int width, Choices choices) {
    return beam.size() < width
        ? IntStream.range(0, width).mapToObj(i -> beam.get(i % beam.size())).toList()
        : choices.sample(beam, width);
  }

  private static List<Candidate> children(
      List<Candidate> parents,
      OptimizationJob job,
      Batches<Task> training,
      Workbench bench,
      Choices choices,
      int round)
      throws SearchStopped {
    ApoSettings settings = job.settings();
    List<Rollouts.Trial> trials = new ArrayList<>();
    for (Candidate parent : parents) {
      for (int branch = 0; branch < settings.branchFactor(); branch++) {
        trials.add(new Rollouts.Trial(parent, training.next()));
      }
    }
    List<Reviser.Order> orders = new ArrayList<>();
    for (Evaluation practice : bench.practise(trials, round)) {
      List<Experiment> shown = Experiment.of(practice.rewarded(), job.humanNotes());
      int size = settings.gradientBatchSize() + job.humanNotes().size();
      orders.add(
          new Reviser.Order(
              practice.candidate(),
              shown.size() < size ? shown : choices.sample(shown, size),
              practice.rewarded(),
              List.of()));
    }
    List<Reviser.Critique> critiques = bench.reviser().critiques(orders, choices, round);
    List<Candidate> children = new ArrayList<>();
    for (Reviser.Revision revision : bench.reviser().revisions(critiques, choices)) {
      Candidate parent = revision.critique().candidate();
      bench
          .admitted(revision.prompt(), parent, round)
          .map(prompt -> bench.candidate(prompt, parent, round, revision.critique().text()))
          .ifPresent(children::add);
    }
    return children;
  }

  /** The best so many, best first; of equals, the older. */
  private static List<Candidate> leaders(List<Evaluation> evaluations, int width) {
    Set<String> common = Evaluation.commonTasks(evaluations);
    return evaluations.stream()
        .sorted(Comparator.comparingDouble((Evaluation e) -> e.meanOver(common)).reversed())
        .limit(width)
        .map(Evaluation::candidate)
        .toList();
  }

  private static Evaluation onAll(
      OptimizationJob job, Candidate candidate, Workbench bench, int round) throws SearchStopped {
    return bench.compare(List.of(candidate), job.validation(), round).getFirst();
  }
}
