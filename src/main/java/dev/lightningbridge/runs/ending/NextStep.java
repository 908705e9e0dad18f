package dev.lightningbridge.runs.ending;

import dev.lightningbridge.common.Figures;
import dev.lightningbridge.grading.calibration.Agreement;
import dev.lightningbridge.grading.calibration.TrustPolicy;
import dev.lightningbridge.optimize.OptimizationResult.StopReason;
import dev.lightningbridge.optimize.verdict.TestResult;
import dev.lightningbridge.optimize.verdict.Verdict;
import dev.lightningbridge.runs.RunState;
import dev.lightningbridge.runs.judging.JudgeFigures;
import java.util.ArrayList;
import java.util.List;

/**
 * What would help where a run has proved nothing.
 *
 * @param words a sentence or two, for whoever reads the verdict
 */
public record NextStep(Kind kind, String words) {
  /** What is to be done, so that a page can lead there. */
  public enum Kind {
    /** Go on with the run itself. */
    RESUME,
    /** Give more inputs, or have the model write them. */
    INPUTS,
    /** Have people score more outputs. */
    SCORES,
    /** Choose another judge, or a rule. */
    JUDGE,
    /** Start again with a higher limit. */
    LIMIT,
    /** Search in another way. */
    SEARCH,
    /** Read what the best candidate did on the sealed tasks. */
    READ
  }

  /** What helps, the most useful first; empty where the verdict is PROMOTE. */
  public static List<NextStep> of(RunResult result) {
    List<NextStep> steps = new ArrayList<>();
    if (result.state() == RunState.CANCELLED) {
      steps.add(
          new NextStep(Kind.RESUME, "Resume the run: no finished call is made a second time."));
    } else if (result.verdict() == Verdict.Decision.HOLD) {
      inputs(result, steps);
      judge(result, steps);
      test(result, steps);
      search(result, steps);
    }
    return List.copyOf(steps);
  }

  private static void inputs(RunResult result, List<NextStep> steps) {
    int missing = result.tasks().missing();
    if (missing > 0) {
      steps.add(
          new NextStep(
              Kind.INPUTS,
              "%s needed: give them as tasks, or have the model write inputs like these."
                  .formatted(
                      missing == 1
                          ? "1 more distinct input is"
                          : missing + " more distinct inputs are")));
    }
  }

  private static void judge(RunResult result, List<NextStep> steps) {
    JudgeFigures judge = result.judge();
    if (judge == null || judge.trusted() || judge.accepted()) {
      return;
    }
    Agreement agreement = judge.agreement();
    int scores = agreement == null ? 0 : agreement.n();
    if (scores < TrustPolicy.FEWEST_OUTPUTS) {
      steps.add(
          new NextStep(
              Kind.SCORES,
              "Score more outputs of this session in Training Camp: a judge is tested on at least %d that people scored, and here there were %d."
                  .formatted(TrustPolicy.FEWEST_OUTPUTS, scores)));
    } else {
      steps.add(
          new NextStep(
              Kind.JUDGE,
              "Choose another model as judge, or give tasks with what is expected, so that a rule grades."));
    }
  }

  private static void test(RunResult result, List<NextStep> steps) {
    TestResult test = result.test();
    if (test == null) {
      return;
    }
    Deciding deciding = result.deciding();
    if (deciding != null) {
      steps.add(new NextStep(Kind.INPUTS, deciding.words()));
    }
    if (test.difference() > 0 && !result.losses().isEmpty()) {
      steps.add(
          new NextStep(
              Kind.READ,
              "Read the tasks that got worse: what they have in common may be a line to add to the prompt."));
    }
  }

  private static void search(RunResult result, List<NextStep> steps) {
    if (result.stopReason() == StopReason.BUDGET_EXHAUSTED) {
      steps.add(
          new NextStep(
              Kind.LIMIT,
              "The limit ended the search early: allow more than the %s that it took."
                  .formatted(Figures.counted(result.calls(), "call"))));
    }
    TestResult test = result.test();
    boolean nothingBetter =
        (result.winner() != null && !result.winner().changed())
            || (test != null && result.deciding() == null && !test.passed());
    if (nothingBetter && result.model() == null) {
      steps.add(
          new NextStep(
              Kind.SEARCH,
              "Search in another way: more rounds, the other engine, a stronger model as critic and editor, or comments by people on outputs that are wrong."));
    }
  }
}
