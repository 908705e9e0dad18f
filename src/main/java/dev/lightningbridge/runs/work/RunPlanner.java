package dev.lightningbridge.runs.work;

import dev.lightningbridge.agent.Agents;
import dev.lightningbridge.camp.CampDatabase;
import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.corpus.Corpus;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.grading.ExternalGrading;
import dev.lightningbridge.grading.GradedBy;
import dev.lightningbridge.optimize.verdict.PeopleWords;
import dev.lightningbridge.runs.RunPlan;
import dev.lightningbridge.runs.Synthesis;
import dev.lightningbridge.runs.ledger.SealedInputs;
import dev.lightningbridge.runs.ledger.TestOpening;
import dev.lightningbridge.runs.ledger.TestOpenings;
import dev.lightningbridge.runs.models.LimitOutlook;
import dev.lightningbridge.runs.models.RunEstimate;
import dev.lightningbridge.runs.people.PeopleTests;
import dev.lightningbridge.runs.request.OptimizeRequest;
import dev.lightningbridge.store.BridgeDatabase;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads from a camp database what a run would be about, and about what it would cost. */
final class RunPlanner {
  private final BridgeDatabase database;
  private final RunWorks works;
  private final Clock clock;

  RunPlanner(BridgeDatabase database, RunWorks works, Clock clock) {
    this.database = database;
    this.works = works;
    this.clock = clock;
  }

  /**
   * What the run is about.
   *
   * @throws BridgeException where the run could not start
   */
  RunPlan plan(OptimizeRequest request) {
    return read(request, corpus -> plan(request, corpus));
  }

  /**
   * What the run is about, whose limits let it begin.
   *
   * @throws BridgeException where the run could not start; LB-7110 where its limit of calls does
   *     not pay for its sealed test
   */
  RunPlan startable(OptimizeRequest request) {
    RunPlan plan = plan(request);
    if (request.limits().calls() != null) {
      LimitOutlook.require(estimate(request), request.limits());
    }
    return plan;
  }

  /**
   * About what the run would call and cost.
   *
   * @throws BridgeException where the run could not start; of a training also where this machine
   *     has no trainer for it
   */
  RunEstimate estimate(OptimizeRequest request) {
    return read(
        request,
        corpus -> {
          RunPlan plan = plan(request, corpus);
          return works
              .of(request)
              .estimate(
                  request,
                  plan,
                  corpus,
                  tasks ->
                      new TestOpenings(database, clock)
                          .next(plan.choice().lineage().id(), request.isSandbox(), tasks));
        });
  }

  /**
   * What should be known of the run's tasks before it, each a sentence.
   *
   * @throws BridgeException where the run could not start
   */
  List<String> notes(OptimizeRequest request) {
    RunPlan plan = plan(request);
    List<String> notes = new ArrayList<>(plan.remarks());
    notes.addAll(plan.skippedInWords());
    LimitOutlook.shortfall(() -> estimate(request), request.limits()).ifPresent(notes::add);
    if (request.decidedByPeople()) {
      peopleInWords(request, plan).ifPresent(notes::add);
    }
    return notes;
  }

  /** What people's choices can show; empty where nothing is sealed. */
  private Optional<String> peopleInWords(OptimizeRequest request, RunPlan read) {
    List<Task> written = Synthesis.placeholders(request.synthesize(), read.tasks());
    return read.withMore(written)
        .splitBy(request)
        .split(request)
        .map(
            split -> {
              TestOpening opening =
                  new TestOpenings(database, clock)
                      .next(read.choice().lineage().id(), request.isSandbox(), split.test());
              return "People decide the sealed test. "
                  + PeopleWords.beforehand(
                      Math.min(PeopleTests.MOST, split.test().size()), opening.level());
            });
  }

  private RunPlan plan(OptimizeRequest request, Corpus corpus) {
    RunPlan plan =
        RunPlan.of(
            request,
            corpus,
            works.synthetic()::of,
            new SealedInputs(database, clock).with(request.splitSeed()));
    works.of(request).check(request, plan);
    Agents.check(request.usedAgent());
    if (plan.gradedBy(request) instanceof GradedBy.External external) {
      ExternalGrading.check(external.grader());
    }
    return plan;
  }

  private static <T> T read(OptimizeRequest request, Function<Corpus, T> reading) {
    try (CampDatabase camp =
        CampDatabase.open(request.camp(), new CampDatabase.Options(request.includeOrphans()))) {
      return reading.apply(camp.corpus());
    }
  }
}
