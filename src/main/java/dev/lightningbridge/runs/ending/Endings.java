package dev.lightningbridge.runs.ending;

import dev.lightningbridge.dataset.Equipment;
import dev.lightningbridge.dataset.PooledSession;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.model.Spend;
import dev.lightningbridge.optimize.Algorithm;
import dev.lightningbridge.optimize.OptimizationResult;
import dev.lightningbridge.optimize.TrainingSettings;
import dev.lightningbridge.optimize.verdict.Compared;
import dev.lightningbridge.optimize.verdict.PairedRollout;
import dev.lightningbridge.optimize.verdict.PeopleWords;
import dev.lightningbridge.optimize.verdict.SealedComparison;
import dev.lightningbridge.optimize.verdict.TaskGroups;
import dev.lightningbridge.optimize.verdict.TestRollouts;
import dev.lightningbridge.optimize.verdict.Verdict;
import dev.lightningbridge.runs.BegunRun;
import dev.lightningbridge.runs.RunState;
import dev.lightningbridge.runs.judging.GraderTrust;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The ways in which a run can end cleanly, each as its outcome. */
public record Endings(BegunRun run) {
  /**
   * Nothing was searched, since no split of so few inputs could ever show a better prompt.
   *
   * @param spent on writing more
   */
  public RunOutcome tooFewTasks(Spend spent) {
    Verdict verdict =
        new Verdict(
            Verdict.Decision.HOLD,
            Verdict.Reason.TOO_FEW_TASKS,
            "The %s %s, %d more are needed to search and to prove anything."
                .formatted(
                    run.plan().pooled().isEmpty()
                        ? "session has"
                        : "session and those pooled with it have",
                    run.plan().tasksInWords(),
                    run.plan().missing(run.request())),
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
  public RunOutcome notSearched(Verdict verdict, Spend spent) {
    return new RunOutcome(
        result(RunState.HELD, verdict, null, "v0", null, spent), verdict, List.of(), null);
  }

  /**
   * Nothing was trained, since people have scored too little.
   *
   * @param found the examples that there are; {@code needed} how many there must be
   */
  public RunOutcome tooFewExamples(long found, int needed) {
    TrainingSettings training = run.training();
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
    return new RunOutcome(
        result(RunState.HELD, verdict, null, "v0", null, Spend.NOTHING), verdict, List.of(), null);
  }

  /**
   * The model was trained, and could not be compared with its base.
   *
   * @param why ends a sentence
   */
  public RunOutcome notMeasured(String why, RegisteredModel model, Spend spent) {
    Verdict verdict =
        hold(
            Verdict.Reason.NOT_MEASURED,
            "The model was trained and not tested: " + why.replaceAll("\\.$", "") + ".",
            "Its weights are in " + model.path() + ".");
    return new RunOutcome(
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
  public RunOutcome judged(
      OptimizationResult found,
      @Nullable String cutShort,
      String winner,
      SealedComparison.Result test,
      GraderTrust trust,
      Spend spent) {
    List<Task> tested = test.pairs().stream().map(PairedRollout::task).toList();
    TaskGroups groups = TaskGroups.of(test.pairs(), run.request().seed());
    Compared compared = run.request().training() == null ? Compared.PROMPTS : Compared.MODELS;
    Verdict verdict =
        groups
            .on(
                trust.on(TestRollouts.of(test.pairs()).on(test.verdict(), compared)),
                run.request().policy().noRegression(),
                compared)
            .restingOn(tested);
    verdict = WinnerRemarks.on(verdict, run, found.prompt(), test.pairs());
    Equipment equipment = Equipment.of(run.plan().choice().baseline());
    if (!equipment.isNone() && run.request().usedAgent().isPrompt()) {
      verdict =
          verdict.qualified(
              "The agent's %s were left out: measured was its prompt alone, as plain chat."
                  .formatted(equipment.inWords()));
    }
    for (String remark : found.remarks()) {
      verdict = verdict.withRemark(remark);
    }
    if (!run.plan().pooled().isEmpty()) {
      verdict = verdict.withRemark(PooledSession.inWords(run.plan().pooled()));
    }
    if (cutShort != null) {
      verdict = verdict.ofSearchCutShort(cutShort);
    }
    String beyond = run.request().limits().beyond(spent);
    if (!beyond.isEmpty()) {
      verdict = verdict.withRemark("Calls that were under way passed the limit by " + beyond + ".");
    }
    if (run.request().decidedByPeople()) {
      verdict = PeopleWords.waiting(verdict);
    }
    boolean promote = verdict.decision() == Verdict.Decision.PROMOTE;
    return new RunOutcome(
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
  public RunOutcome cancelled(@Nullable OptimizationResult found, String winner, Spend spent) {
    Verdict verdict =
        new Verdict(
            Verdict.Decision.HOLD,
            Verdict.Reason.CANCELLED,
            "The run was cancelled before its verdict.",
            List.of(),
            null);
    return new RunOutcome(
        result(RunState.CANCELLED, verdict, found, winner, null, spent), verdict, List.of(), null);
  }

  private RunResult result(
      RunState state,
      Verdict verdict,
      @Nullable OptimizationResult found,
      String winner,
      @Nullable GraderTrust trust,
      Spend spent) {
    return RunResults.of(run, state, verdict, found, winner, trust, spent);
  }
}
