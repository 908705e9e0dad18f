package dev.lightningbridge.runs.judging;

import dev.lightningbridge.camp.CampDatabase;
import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.Cancellation;
import dev.lightningbridge.corpus.Corpus;
import dev.lightningbridge.corpus.Lineage;
import dev.lightningbridge.dataset.Pool;
import dev.lightningbridge.grading.GradingError;
import dev.lightningbridge.grading.calibration.CalibrationReport;
import dev.lightningbridge.grading.calibration.JudgeCalibration;
import dev.lightningbridge.grading.calibration.TrustPolicy;
import dev.lightningbridge.model.CallJournal;
import dev.lightningbridge.model.ModelRole;
import dev.lightningbridge.model.Spend;
import dev.lightningbridge.optimize.RunEvent;
import dev.lightningbridge.runs.CallsSpent;
import dev.lightningbridge.runs.LineageChoice;
import dev.lightningbridge.runs.RunPlan;
import dev.lightningbridge.runs.ledger.SealedInputs;
import dev.lightningbridge.runs.models.EstimatedCosts;
import dev.lightningbridge.runs.models.RunModels;
import dev.lightningbridge.runs.models.ShownNotices;
import dev.lightningbridge.runs.report.HtmlReport;
import dev.lightningbridge.runs.report.JudgeData;
import dev.lightningbridge.store.BridgeDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** Compares a judge with people's scores, shows how it did, and keeps that for later runs. */
public final class JudgeReview {
  private final JudgeStore store;
  private final SealedInputs sealed;
  private final Path reports;
  private final Clock clock;

  /**
   * @param reports the folder of pages for which no other place is named
   */
  public JudgeReview(BridgeDatabase database, Path reports, Clock clock) {
    this.store = new JudgeStore(database);
    this.sealed = new SealedInputs(database, clock);
    this.reports = reports;
    this.clock = clock;
  }

  /**
   * Tests the judge and writes the page.
   *
   * @param watcher is shown what happens, one event at a time
   * @throws BridgeException where there are too few scores, or the judge does not work
   * @throws CancellationException where it was cancelled: nothing is kept then
   */
  public JudgeResult run(
      JudgeRequest request, RunEvent.Listener watcher, Cancellation cancellation) {
    Subject subject = subject(request);
    String model = subject.choice.baseline().model().modelId();
    try (RunModels models =
        RunModels.open(
            request.models(),
            model,
            EnumSet.of(ModelRole.JUDGE),
            CallJournal.inMemory(),
            new ShownNotices(call -> {}, watcher),
            cancellation)) {
      models.check(EnumSet.of(ModelRole.JUDGE), Optional.empty(), Set.of(), watcher, cancellation);
      watcher.spending(models.gateway()::spent);
      watcher.on(new RunEvent.PhaseStarted("judge", subject.material.judgements()));
      CalibrationReport report =
          new JudgeCalibration(
                  models.gateway(),
                  model,
                  subject.material.rubric(),
                  request.concurrency(),
                  cancellation,
                  request.seed())
              .run(
                  subject.material.scored(),
                  subject.material.pairs(),
                  (output, score) ->
                      watcher.on(new RunEvent.OutputJudged(output.id(), output.score(), score)));
      return kept(request, subject, models, report);
    }
  }

  /**
   * About what the test would call and cost.
   *
   * @throws BridgeException where there are too few scores
   */
  public JudgeEstimate estimate(JudgeRequest request) {
    Subject subject = subject(request);
    return JudgeEstimate.of(request, subject.choice.baseline().model().modelId(), subject.material);
  }

  private record Subject(LineageChoice choice, JudgeMaterial material) {}

  private Subject subject(JudgeRequest request) {
    try (CampDatabase camp =
        CampDatabase.open(request.camp(), new CampDatabase.Options(request.includeOrphans()))) {
      Corpus corpus = camp.corpus();
      LineageChoice choice =
          LineageChoice.of(
              corpus,
              request.sessionId(),
              request.lineageId(),
              new LineageChoice.Allowed(allLocked(corpus, request), true));
      LineageChoice.requirePool(corpus, request.pool());
      List<String> sessions = Pool.ids(corpus, choice.session().id(), request.pool());
      JudgeMaterial material =
          JudgeMaterial.of(
              corpus,
              sessions,
              RunPlan.rubric(corpus, choice),
              SealedTasks.of(sealed.with(0), sessions),
              request.outputs(),
              request.seed());
      if (!material.isEnough()) {
        throw tooFew(choice, material, request.outputs());
      }
      return new Subject(choice, material);
    }
  }

  private static boolean allLocked(Corpus corpus, JudgeRequest request) {
    return corpus.lineages().stream()
        .filter(lineage -> lineage.sessionId().equals(request.sessionId()))
        .allMatch(Lineage::locked);
  }

  private static BridgeException tooFew(LineageChoice choice, JudgeMaterial material, int outputs) {
    int scores = material.scores();
    if (outputs < scores) {
      return new BridgeException(
          GradingError.TOO_FEW_SCORES,
          "of %d outputs that people scored only %d may be used; %d that the judge was not shown are needed to test it on"
              .formatted(scores, outputs, TrustPolicy.FEWEST_OUTPUTS),
          "session " + choice.session().id(),
          "Raise --outputs (in a request: outputs), or leave it out.");
    }
    return new BridgeException(
        GradingError.TOO_FEW_SCORES,
        scores == 0
            ? "there is no output that a person scored"
            : ("there are %d outputs that people scored; %d that the judge was not shown are needed to test it on,"
                    + " or choices between outputs in %d tasks, where there are %d")
                .formatted(
                    scores,
                    TrustPolicy.FEWEST_OUTPUTS,
                    TrustPolicy.FEWEST_CHOICES,
                    material.pairs().size()),
        "session " + choice.session().id(),
        "Score more outputs in Training Camp, or use an exact grader.");
  }

  private JudgeResult kept(
      JudgeRequest request, Subject subject, RunModels models, CalibrationReport report) {
    String id = UUID.randomUUID().toString();
    LineageChoice choice = subject.choice;
    if (report.complete()) {
      store.save(
          new StoredCalibration(
              id,
              request.camp().toString(),
              choice.session().id(),
              choice.session().name(),
              models.judge(),
              subject.material.fingerprint(models.judge()),
              request.seed(),
              request.outputs(),
              report,
              clock.millis()));
    }
    Spend spent = models.gateway().spent();
    JudgeData data =
        new JudgeData(
            request.camp().toString(),
            choice.session().id(),
            choice.session().name(),
            models.judge(),
            request.models().sandbox(),
            report,
            spent,
            request.seed(),
            clock.instant());
    Path page = request.page() == null ? reports.resolve("judge-" + id + ".html") : request.page();
    return result(
        report.complete() ? id : null,
        data,
        CallsSpent.of(
            spent,
            EstimatedCosts.known(
                request.models(),
                choice.baseline().model().modelId(),
                EnumSet.of(ModelRole.JUDGE))),
        subject.material.scores(),
        written(page, data));
  }

  private static Path written(Path page, JudgeData data) {
    Path file = page.toAbsolutePath().normalize();
    try {
      new HtmlReport().write(file, data);
    } catch (IOException e) {
      throw new UncheckedIOException("the judge's page cannot be written: " + file, e);
    }
    return file;
  }

  private static JudgeResult result(
      @Nullable String id, JudgeData data, CallsSpent spent, int scores, Path page) {
    return new JudgeResult(
        id,
        data.sandbox(),
        data.report().trust(),
        data.database(),
        data.sessionId(),
        data.sessionName(),
        data.judgeModel(),
        data.seed(),
        scores,
        data.report(),
        spent,
        page.toString());
  }
}
