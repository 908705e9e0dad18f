package dev.lightningbridge.runs.ending;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.findings.FindingText;
import dev.lightningbridge.grading.calibration.CalibrationReport;
import dev.lightningbridge.optimize.RunEvent;
import dev.lightningbridge.optimize.verdict.Verdict;
import dev.lightningbridge.runs.BegunRun;
import dev.lightningbridge.runs.LineageChoice;
import dev.lightningbridge.runs.RunLog;
import dev.lightningbridge.runs.RunStore;
import dev.lightningbridge.runs.StoredRun;
import dev.lightningbridge.runs.judging.JudgeFigures;
import dev.lightningbridge.runs.promotion.Promotion;
import dev.lightningbridge.runs.report.HtmlReport;
import dev.lightningbridge.runs.report.JudgeData;
import dev.lightningbridge.runs.report.ReportData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes the HTML reports of runs into one folder, from what bridge.db holds of them. */
public final class RunReports {
  private final Path folder;
  private final RunStore runs;
  private final Clock clock;

  public RunReports(Path folder, RunStore runs, Clock clock) {
    this.folder = folder;
    this.runs = runs;
    this.clock = clock;
  }

  /** Writes the report of a run that ended, and gives its path. */
  Path write(BegunRun run, RunOutcome ended, RunResult result, @Nullable Promotion promotion) {
    List<ReportData.Candidate> candidates = new ArrayList<>();
    List<ReportData.Evaluation> evaluations = new ArrayList<>();
    for (RunLog.StoredEvent event : runs.log().eventsOfLastStart(run.runId())) {
      if (event.type().equals(RunLog.type(RunEvent.CandidateMade.class))) {
        candidates.add(candidate(read(event, RunEvent.CandidateMade.class)));
      } else if (event.type().equals(RunLog.type(RunEvent.Evaluated.class))) {
        evaluations.add(evaluation(read(event, RunEvent.Evaluated.class)));
      }
    }
    ReportData data =
        new ReportData(
            subject(run),
            run(run, result),
            result.sandbox(),
            ended.verdict(),
            result.findings(),
            new ReportData.Prompts(
                run.plan().choice().baseline().systemPrompt(),
                result.prompt(),
                result.winner() == null ? "v0" : result.winner().candidate(),
                trained(result.model())),
            List.copyOf(candidates),
            List.copyOf(evaluations),
            ended.pairs(),
            spending(run),
            next(result),
            promotion == null ? null : promotion(promotion));
    Path file = folder.resolve(run.runId() + ".html").toAbsolutePath();
    try {
      if (ended.judge() != null) {
        new HtmlReport().write(folder.resolve(judgePage(run)), judge(run, result, ended.judge()));
      }
      new HtmlReport().write(file, data);
    } catch (IOException e) {
      throw new UncheckedIOException("the report cannot be written: " + file, e);
    }
    return file;
  }

  private static @Nullable String trained(RunParts.@Nullable Model model) {
    return model == null
        ? null
        : "The prompt is the same. The trained model is %s, made by %s from %s; its weights are in %s."
            .formatted(model.name(), model.algorithm(), model.base(), model.path());
  }

  private static ReportData.Subject subject(BegunRun run) {
    LineageChoice choice = run.plan().choice();
    return new ReportData.Subject(
        run.request().camp().toString(),
        choice.session().id(),
        choice.session().name(),
        choice.lineage().id(),
        choice.lineage().label(),
        choice.baseline().id(),
        choice.baseline().number());
  }

  private ReportData.Run run(BegunRun run, RunResult result) {
    StoredRun stored = runs.get(run.runId());
    return new ReportData.Run(
        run.runId(),
        result.engine(),
        result.grader(),
        judge(run, result.judge()),
        run.request().seed(),
        run.request().settings(),
        new ReportData.TaskCounts(
            result.tasks().train(),
            result.tasks().validation(),
            result.tasks().test(),
            result.skipped().size()),
        result.rollouts(),
        result.stopReason() == null
            ? null
            : result.stopReason().name().toLowerCase(Locale.ROOT).replace('_', ' '),
        Instant.ofEpochMilli(stored.createdAt()),
        clock.instant());
  }

  private static String judgePage(BegunRun run) {
    return run.runId() + "-judge.html";
  }

  private static ReportData.@Nullable Judge judge(BegunRun run, @Nullable JudgeFigures figures) {
    return figures == null
        ? null
        : new ReportData.Judge(
            figures.model(),
            figures.trusted(),
            figures.accepted(),
            figures.reason(),
            figures.agreement(),
            figures.corrected(),
            figures.stored(),
            figures.agreement() == null ? null : judgePage(run));
  }

  private JudgeData judge(BegunRun run, RunResult result, CalibrationReport report) {
    LineageChoice choice = run.plan().choice();
    return new JudgeData(
        run.request().camp().toString(),
        choice.session().id(),
        choice.session().name(),
        result.judge() == null ? "" : result.judge().model(),
        result.sandbox(),
        report,
        null,
        run.request().seed(),
        clock.instant());
  }

  private static ReportData.Candidate candidate(RunEvent.CandidateMade made) {
    return new ReportData.Candidate(
        made.candidate(), made.parent(), made.round(), made.prompt(), made.critique());
  }

  private static ReportData.Evaluation evaluation(RunEvent.Evaluated evaluated) {
    return new ReportData.Evaluation(
        evaluated.candidate(),
        evaluated.round(),
        evaluated.purpose(),
        evaluated.tasks(),
        evaluated.failures(),
        Double.isNaN(evaluated.mean()) ? null : evaluated.mean());
  }

  private ReportData.Spending spending(BegunRun run) {
    return new ReportData.Spending(runs.spending().roles(run.runId()), run.request().limits());
  }

  private static ReportData.@Nullable Next next(RunResult result) {
    if (result.promotionId() != null || result.verdict() != Verdict.Decision.PROMOTE) {
      return null;
    }
    return new ReportData.Next(
        "The new %s waits for your approval."
            .formatted(result.model() == null ? "prompt" : "model"),
        "scripts/bridge promote "
            + result.proposalId()
            + FindingText.acceptance(result.findings()));
  }

  private ReportData.Promotion promotion(Promotion promotion) {
    return new ReportData.Promotion(
        promotion.promotionId(),
        promotion.written().path("agentVersionId").asText(),
        promotion.written().path("version").asInt(),
        clock.instant(),
        promotion.lines(),
        "scripts/bridge rollback " + promotion.promotionId());
  }

  private static <T> T read(RunLog.StoredEvent event, Class<T> type) {
    try {
      return Json.mapper().readValue(event.bodyJson(), type);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("event " + event.sequence() + " cannot be read", e);
    }
  }
}
