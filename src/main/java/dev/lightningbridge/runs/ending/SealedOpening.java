package dev.lightningbridge.runs.ending;

import dev.lightningbridge.common.Figures;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.model.Budget;
import dev.lightningbridge.model.ModelRole;
import dev.lightningbridge.model.Spend;
import dev.lightningbridge.optimize.RunEvent;
import dev.lightningbridge.optimize.verdict.SealedComparison;
import dev.lightningbridge.optimize.verdict.SealedComparison.Contestant;
import dev.lightningbridge.optimize.verdict.SignFlips;
import dev.lightningbridge.optimize.verdict.TestCriterion;
import dev.lightningbridge.optimize.verdict.TestResult;
import dev.lightningbridge.optimize.verdict.Verdict;
import dev.lightningbridge.runs.BegunRun;
import dev.lightningbridge.runs.judging.RunBench;
import dev.lightningbridge.runs.judging.RunGrading;
import dev.lightningbridge.runs.ledger.TestOpening;
import dev.lightningbridge.runs.ledger.TestOpenings;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A run's sealed test. Its opening is noted before the first call and told in the verdict; where it
 * leaves open whether the winner is better, so is what would decide.
 */
public final class SealedOpening {
  private final TestOpenings openings;
  private final BegunRun run;
  private final RunBench bench;
  private final List<Task> sealed;
  private @Nullable TestOpening opening;
  private @Nullable Deciding deciding;

  public SealedOpening(TestOpenings openings, BegunRun run, RunBench bench, List<Task> sealed) {
    this.openings = openings;
    this.run = run;
    this.bench = bench;
    this.sealed = sealed;
  }

  /** Where no result on these tasks could pass, there is no use in a search; else empty. */
  public Optional<RunOutcome> inVain() {
    double level = openings.next(lineage(), sandbox(), sealed).level();
    if (openings.of(run.runId()).isPresent() || sealed.size() >= SignFlips.fewestTasks(level)) {
      return Optional.empty();
    }
    Verdict verdict =
        Verdict.tooFewTasks(sealed.size(), level)
            .withRemark("Nothing was searched for: no result could be proven on them.")
            .withRemark(
                "Earlier tests of the lineage used them, so p must be %s or less now. Fresh tasks raise that again."
                    .formatted(Figures.level(level)));
    return Optional.of(new Endings(run).notSearched(verdict, bench.models().gateway().spent()));
  }

  public SealedComparison.Result run(
      SealedComparison test, Contestant baseline, Contestant winner, RunGrading grading) {
    SealedComparison.Result result =
        test.by(this::opened).endingEarly(endsEarly(grading)).run(baseline, winner, sealed);
    Verdict verdict = result.verdict();
    if (verdict.reason() == Verdict.Reason.NOT_SIGNIFICANT && verdict.test() != null) {
      verdict = verdict.withRemark(wouldDecide(verdict.test(), grading));
    }
    if (opening != null) {
      verdict = bench.agents().named(verdict).withRemark(opening.words());
    }
    return new SealedComparison.Result(bench.agents().heard(verdict), result.pairs());
  }

  /** A test that people may decide is carried out on all tasks, whatever a grader says of some. */
  private boolean endsEarly(RunGrading grading) {
    return run.request().policy().endsEarly(sealed)
        && grading.trust().decides()
        && !run.request().decidedByPeople();
  }

  /** What would decide; null where the test decided, or nothing would. */
  public @Nullable Deciding deciding() {
    return deciding;
  }

  private TestCriterion opened() {
    bench.events().on(new RunEvent.PhaseStarted("test", 2 * sealed.size()));
    opening = openings.open(run.runId(), lineage(), sandbox(), sealed);
    bench.events().on(new RunEvent.Note("info", opening.words()));
    return new TestCriterion(opening.level(), leastEffect());
  }

  private String wouldDecide(TestResult test, RunGrading grading) {
    if (test.difference() <= 0) {
      return "It did no better on these tasks; more of them would hardly prove a gain.";
    }
    if (test.difference() < leastEffect()) {
      return "Its gain is below the least effect of %s: more tasks would not promote it."
          .formatted(Figures.level(leastEffect()));
    }
    Budget budget = bench.models().gateway().budget();
    Spend task = budget.average(ModelRole.WORKER, bench.agents().calls().of(2));
    if (grading.trust().judge() != null) {
      task = task.plus(budget.average(ModelRole.JUDGE, 2));
    }
    deciding =
        Deciding.of(
                test,
                openings.nextLevel(lineage(), sandbox(), sealed),
                bench.models().gateway().spent(),
                task)
            .orElse(null);
    return deciding == null
        ? "So small a gain would take more than 10,000 sealed tasks to show."
        : deciding.words();
  }

  private String lineage() {
    return run.plan().choice().lineage().id();
  }

  private boolean sandbox() {
    return run.request().isSandbox();
  }

  private double leastEffect() {
    return run.request().policy().leastEffect();
  }
}
