package dev.lightningbridge.runs;

import dev.lightningbridge.dataset.Equipment;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.grading.GradedBy;
import dev.lightningbridge.grading.calibration.CalibrationReport;
import dev.lightningbridge.model.ModelRole;
import dev.lightningbridge.model.Spend;
import dev.lightningbridge.optimize.Algorithm;
import dev.lightningbridge.optimize.Compared;
import dev.lightningbridge.optimize.OptimizationResult;
import dev.lightningbridge.optimize.PairedRollout;
import dev.lightningbridge.optimize.RolloutCounts;
import dev.lightningbridge.optimize.RunRollouts;
import dev.lightningbridge.optimize.SealedComparison;
import dev.lightningbridge.optimize.TaskGroups;
import dev.lightningbridge.optimize.TestRollouts;
import dev.lightningbridge.optimize.TrainingSettings;
import dev.lightningbridge.optimize.Verdict;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The ways in which a run can end in order, each as its result. */
record RunOutcome(String runId, String engine, OptimizeRequest request, RunPlan plan) {

  /**
   * A result with what the report shows beside it.
   *
   * @param pairs both prompts' rollouts on the sealed test tasks; empty where it was not opened
   * @param judge the calibration of the run's judge; null where there is none
   */
  record Ended(
      RunResult result,
      Verdict verdict,
      List<PairedRollout> pairs,
      @Nullable CalibrationReport judge) {
    /** This, with what would decide; null where there is no such thing. */
    Ended withDeciding(@Nullable Deciding deciding) {
      return new Ended(result.withDeciding(deciding), verdict, pairs, judge);
    }

    /** This, of a run that trained the model. */
    Ended withModel(RegisteredModel model) {
      return new Ended(result.withModel(model.result()), verdict, pairs, judge);
    }

    /** This, with what became of the rollouts. */
    Ended withSearch(RolloutCounts search) {
      return new Ended(result.withRollouts(RunRollouts.of(search, pairs)), verdict, pairs, judge);
    }
  }

  /** This, with tasks that were written since. */
  RunOutcome withPlan(RunPlan other) {
    return new RunOutcome(runId, engine, request, other);
  }

  /**
   * Nothing was searched, since no split of so few inputs could ever show a better prompt.
   *
   * @param spent on writing more
   */
  Ended tooFewTasks(Spend spent) {
    Verdict verdict =
        new Verdict(
            Verdict.Decision.HOLD,
            Verdict.Reason.TOO_FEW_TASKS,
            "The session has %s, %d more are needed to search and to prove anything."
                .formatted(plan.tasksInWords(), plan.missing(request)),
            List.of(
                spent.calls() == 0
                    ? "No model was called."
                    : "The model wrote too few new inputs that differ from each other.",
                "Give more inputs with --tasks FILE.jsonl, one {\"id\",\"input\"} a line, or have"
                    + " the model write some with --synthesize N."),
            null);
    return notSearched(verdict, spent);
  }

  /** Nothing was searched, for a reason that the verdict gives. */
  Ended notSearched(Verdict verdict, Spend spent) {
    return new Ended(
        result(RunState.HELD, verdict, null, "v0", null, spent), verdict, List.of(), null);
  }

  /** How the run's model is trained, where it is a training. */
  TrainingSettings training() {
    return Objects.requireNonNull(request.training(), "the run trains no model");
  }

  /** The models that the run serves itself, by name: the base, and what it makes of it. */
  List<String> ownModels() {
    TrainingSettings training = request.training();
    if (training == null) {
      return List.of();
    }
    String base = String.valueOf(training.model().getFileName());
    return List.of(
        base, "%s-%s-%s".formatted(base, training.algorithm().label(), runId.substring(0, 8)));
  }

  /** The roles whose models the run calls. */
  Set<ModelRole> roles() {
    Set<ModelRole> roles = EnumSet.noneOf(ModelRole.class);
    boolean own = request.training() != null;
    if (!own) {
      roles.addAll(EnumSet.of(ModelRole.WORKER, ModelRole.CRITIC, ModelRole.EDITOR));
    }
    if (request.synthesize() > 0) {
      roles.add(ModelRole.SYNTHESIZER);
    }
    RunPlan whole = plan.withMore(Synthesis.placeholders(request.synthesize(), plan.tasks()));
    if (whole.gradedBy(request) instanceof GradedBy.Judge) {
      roles.add(ModelRole.JUDGE);
    }
    return roles;
  }

  /** What grades it. */
  GradedBy gradedBy() {
    return plan.gradedBy(request);
  }

  /**
   * Nothing was trained, since people have scored too little.
   *
   * @param found the examples that there are; {@code needed} how many there must be
   */
  Ended tooFewExamples(long found, int needed) {
    TrainingSettings training = training();
    String what =
        training.algorithm() == Algorithm.SFT
            ? "outputs scored %d or more".formatted(training.minScore())
            : "pairs of outputs whose scores are 3 or more apart";
    Verdict verdict =
        hold(
            Verdict.Reason.TOO_FEW_EXAMPLES,
            "The train inputs have %d %s; fine-tuning needs %d.".formatted(found, what, needed),
            "Have people score more outputs%s. Outputs on validation and test inputs do not count."
                .formatted(
                    training.algorithm() == Algorithm.SFT ? ", or give a lower --min-score" : ""));
    return new Ended(
        result(RunState.HELD, verdict, null, "v0", null, Spend.NOTHING), verdict, List.of(), null);
  }

  /**
   * The model was trained, and could not be compared with its base.
   *
   * @param why ends a sentence
   */
  Ended notMeasured(String why, RegisteredModel model, Spend spent) {
    Verdict verdict =
        hold(
            Verdict.Reason.NOT_MEASURED,
            "The model was trained and not tested: " + why.replaceAll("\\.$", "") + ".",
            "Its weights are in " + model.path() + ".");
    return new Ended(
            result(RunState.HELD, verdict, null, "v1", null, spent), verdict, List.of(), null)
        .withModel(model);
  }

  private static Verdict hold(Verdict.Reason reason, String sentence, String remark) {
    return new Verdict(Verdict.Decision.HOLD, reason, sentence, List.of(remark), null);
  }

  /**
   * The search ended and the sealed test was opened.
   *
   * @param cutShort the sentence that says that the budget ended the search; null where it did not
   */
  Ended judged(
      OptimizationResult found,
      @Nullable String cutShort,
      String winner,
      SealedComparison.Result test,
      GraderTrust trust,
      Spend spent) {
    List<Task> tested = test.pairs().stream().map(PairedRollout::task).toList();
    TaskGroups groups = TaskGroups.of(test.pairs(), request.seed());
    Compared compared = request.training() == null ? Compared.PROMPTS : Compared.MODELS;
    Verdict verdict =
        groups
            .on(
                trust.on(TestRollouts.of(test.pairs()).on(test.verdict(), compared)),
                request.policy().noRegression(),
                compared)
            .restingOn(tested);
    verdict = WinnerRemarks.on(verdict, this, found.prompt(), test.pairs());
    Equipment equipment = Equipment.of(plan.choice().baseline());
    if (!equipment.isNone() && request.usedAgent().isPrompt()) {
      verdict =
          verdict.qualified(
              "The agent's %s were left out: measured was its prompt alone, as plain chat."
                  .formatted(equipment.inWords()));
    }
    if (cutShort != null) {
      verdict = verdict.ofSearchCutShort(cutShort);
    }
    String beyond = request.limits().beyond(spent);
    if (!beyond.isEmpty()) {
      verdict = verdict.withRemark("Calls that were under way passed the limit by " + beyond + ".");
    }
    boolean promote = verdict.decision() == Verdict.Decision.PROMOTE;
    return new Ended(
        result(
                promote ? RunState.WAITING_FOR_APPROVAL : RunState.HELD,
                verdict,
                found,
                winner,
                trust,
                spent)
            .withTasks(groups.groups(), LostTask.worst(test.pairs())),
        verdict,
        test.pairs(),
        trust.report());
  }

  /** The run was cancelled. */
  Ended cancelled(@Nullable OptimizationResult found, String winner, Spend spent) {
    Verdict verdict =
        new Verdict(
            Verdict.Decision.HOLD,
            Verdict.Reason.CANCELLED,
            "The run was cancelled before its verdict.",
            List.of(),
            null);
    return new Ended(
        result(RunState.CANCELLED, verdict, found, winner, null, spent), verdict, List.of(), null);
  }

  private RunResult result(
      RunState state,
      Verdict verdict,
      @Nullable OptimizationResult found,
      String winner,
      @Nullable GraderTrust trust,
      Spend spent) {
    return RunResults.of(this, state, verdict, found, winner, trust, spent);
  }
}
