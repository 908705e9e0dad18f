package dev.lightningbridge.runs.judging;

import dev.lightningbridge.camp.CampDatabase;
import dev.lightningbridge.common.Cancellation;
import dev.lightningbridge.dataset.split.Split;
import dev.lightningbridge.grading.JudgeGrader;
import dev.lightningbridge.grading.ScoreCorrection;
import dev.lightningbridge.grading.calibration.CalibrationReport;
import dev.lightningbridge.grading.calibration.JudgeCalibration;
import dev.lightningbridge.grading.calibration.TrustPolicy;
import dev.lightningbridge.model.Limits;
import dev.lightningbridge.optimize.RunEvent;
import dev.lightningbridge.runs.BegunRun;
import dev.lightningbridge.runs.models.RunModels;
import dev.lightningbridge.runs.request.OptimizeRequest;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * The judge of one run, compared with people's scores before the run rests on it. What it goes by
 * is fixed before the run's first call, so that a resumed run takes the same.
 */
final class RunJudge {
  private static final int MOST_OUTPUTS = 100;

  /** So many leave enough for a test where the judge is shown six of them. */
  private static final int FEWEST_OUTPUTS = TrustPolicy.FEWEST_OUTPUTS + 6;

  /** The part of a limit that the outputs may cost; some are judged twice. */
  private static final double PART = 0.1;

  private final JudgeStore store;
  private final BegunRun run;
  private final RunModels models;
  private final Clock clock;
  private final JudgeStore.OfRun judge;

  private RunJudge(
      JudgeStore store, BegunRun run, RunModels models, Clock clock, JudgeStore.OfRun judge) {
    this.store = store;
    this.run = run;
    this.models = models;
    this.clock = clock;
    this.judge = judge;
  }

  /**
   * Fixes what the run's judge goes by: a stored calibration of the same session and model if it
   * still fits the database, is no smaller than the run's own would be and tested whether the judge
   * can be talked into a score (as versions before did not), else the run's own; or what was fixed
   * in an earlier process.
   */
  static RunJudge begin(
      JudgeStore store, BegunRun run, Split split, RunModels models, Clock clock) {
    JudgeStore.OfRun judge =
        store
            .fixed(run.runId())
            .orElseGet(
                () -> {
                  JudgeStore.OfRun found = choose(store, run, split, models);
                  store.fix(run.runId(), found);
                  return found;
                });
    return new RunJudge(store, run, models, clock, judge);
  }

  private static JudgeStore.OfRun choose(
      JudgeStore store, BegunRun run, Split split, RunModels models) {
    SealedTasks sealed = SealedTasks.of(split, run.plan().seal());
    OptimizeRequest request = run.request();
    String session = run.plan().choice().session().id();
    try (CampDatabase camp =
        CampDatabase.open(request.camp(), new CampDatabase.Options(request.includeOrphans()))) {
      JudgeMaterial own =
          JudgeMaterial.of(
              camp.corpus(),
              run.plan().sessions(),
              run.plan().rubric(),
              sealed,
              affordable(request.limits(), models.usdAJudgement()),
              request.seed());
      for (StoredCalibration stored :
          store.newest(request.camp().toString(), session, models.judge())) {
        if (stored.report().persuasion() == null) {
          continue;
        }
        JudgeMaterial material =
            JudgeMaterial.of(
                camp.corpus(),
                run.plan().sessions(),
                run.plan().rubric(),
                sealed,
                stored.outputs(),
                stored.seed());
        if (material.scored().size() >= own.scored().size()
            && material.fingerprint(models.judge()).equals(stored.fingerprint())) {
          return new JudgeStore.OfRun(material, stored);
        }
      }
      return new JudgeStore.OfRun(own, null);
    }
  }

  private static int affordable(Limits limits, double usdAJudgement) {
    double most = MOST_OUTPUTS;
    if (limits.calls() != null) {
      most = Math.min(most, PART * limits.calls());
    }
    if (limits.tokens() != null) {
      most = Math.min(most, PART * limits.tokens() / RunModels.TOKENS_A_JUDGEMENT);
    }
    if (limits.usd() != null && usdAJudgement > 0) {
      most = Math.min(most, PART * limits.usd() / usdAJudgement);
    }
    return (int) Math.max(FEWEST_OUTPUTS, most);
  }

  /** About how many tokens the judge's instructions have. */
  long promptTokens() {
    return judge.material().promptTokens();
  }

  /**
   * Tests the judge, where that was not done before and there are scores enough.
   *
   * @return the judge as the run uses it: with its examples, and corrected where that helps
   */
  GraderTrust held(RunEvent.Listener events, Cancellation cancellation) {
    StoredCalibration stored = judge.calibration();
    if (stored != null) {
      events.on(
          new RunEvent.Note(
              "info",
              "The judge was compared with people's scores before, on %s (calibration %s). %s"
                  .formatted(
                      Instant.ofEpochMilli(stored.createdAt()).truncatedTo(ChronoUnit.SECONDS),
                      stored.id(),
                      stored.report().trust().reason())));
      return trust(stored.report(), stored.report().trust(), stored.id());
    }
    JudgeMaterial material = judge.material();
    if (!material.isEnough()) {
      TrustPolicy.Trust few = TrustPolicy.tooFew(material.heldOut(), material.pairs().size());
      events.on(new RunEvent.Note("warning", "The judge cannot be tested. " + few.reason()));
      return trust(null, few, null);
    }
    CalibrationReport report = calibrate(material, events, cancellation);
    events.on(new RunEvent.Note("info", "The judge was tested. " + report.trust().reason()));
    return trust(report, report.trust(), report.complete() ? run.runId() : null);
  }

  private CalibrationReport calibrate(
      JudgeMaterial material, RunEvent.Listener events, Cancellation cancellation) {
    events.on(new RunEvent.PhaseStarted("judge", material.judgements()));
    CalibrationReport report =
        new JudgeCalibration(
                models.gateway(),
                models.agentModel(),
                material.rubric(),
                run.request().settings().concurrency(),
                cancellation,
                material.seed())
            .run(
                material.scored(),
                material.pairs(),
                (output, score) ->
                    events.on(new RunEvent.OutputJudged(output.id(), output.score(), score)));
    if (report.complete()) {
      store.save(
          new StoredCalibration(
              run.runId(),
              run.request().camp().toString(),
              run.plan().choice().session().id(),
              run.plan().choice().session().name(),
              models.judge(),
              material.fingerprint(models.judge()),
              material.seed(),
              material.outputs(),
              report,
              clock.millis()));
    }
    return report;
  }

  private GraderTrust trust(
      @Nullable CalibrationReport report, TrustPolicy.Trust trust, @Nullable String id) {
    CalibrationReport.Correction correction = report == null ? null : report.correction();
    return new GraderTrust(
        new JudgeGrader(
            models.gateway(),
            models.agentModel(),
            judge.material().shown(),
            correction == null ? ScoreCorrection.NONE : correction.correction()),
        false,
        new JudgeFigures(
            models.judge(),
            trust.trusted(),
            !trust.trusted() && run.request().policy().acceptJudge(),
            trust.reason(),
            report == null ? null : JudgeFigures.agreement(report),
            correction != null,
            judge.calibration() != null,
            id),
        report);
  }
}
