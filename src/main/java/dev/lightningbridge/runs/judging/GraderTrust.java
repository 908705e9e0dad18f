package dev.lightningbridge.runs.judging;

import dev.lightningbridge.grading.Grader;
import dev.lightningbridge.grading.calibration.CalibrationReport;
import dev.lightningbridge.optimize.verdict.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * A run's grader, and whether a verdict may rest on it.
 *
 * @param external whether it is outside of this program
 * @param judge null where no judge grades
 * @param report the judge's calibration; null where there is none
 */
public record GraderTrust(
    Grader grader,
    boolean external,
    @Nullable JudgeFigures judge,
    @Nullable CalibrationReport report) {
  /** A rule needs no trust. */
  static GraderTrust inRule(Grader rule) {
    return new GraderTrust(rule, false, null, null);
  }

  /** A grader outside of this program is its user's to trust; the verdict names it. */
  static GraderTrust inExternal(Grader grader) {
    return new GraderTrust(grader, true, null, null);
  }

  /** Whether a verdict may rest on it. */
  public boolean decides() {
    return judge == null || judge.trusted() || judge.accepted();
  }

  /** The verdict, held where it rests on a judge that is neither trusted nor accepted. */
  public Verdict on(Verdict verdict) {
    if (external) {
      return verdict.withRemark(
          "The rewards are those of the grader \"%s\", outside of this program."
              .formatted(grader.name()));
    }
    if (judge == null) {
      return verdict;
    }
    if (judge.trusted()) {
      return verdict.withRemark("The judge was compared with people's scores. " + judge.reason());
    }
    return judge.accepted()
        ? verdict.withRemark(
            "The judge is not trusted, and was accepted all the same. " + judge.reason())
        : verdict.heldForJudge(judge.reason());
  }
}
