package dev.lightningbridge.web;

import dev.lightningbridge.common.Json;
import dev.lightningbridge.optimize.RunEvent;
import dev.lightningbridge.optimize.verdict.Verdict;
import dev.lightningbridge.runs.RunLog.StoredEvent;
import dev.lightningbridge.runs.RunStore;
import dev.lightningbridge.runs.StoredRun;
import dev.lightningbridge.runs.ending.NextStep;
import dev.lightningbridge.runs.ending.RunResult;
import dev.lightningbridge.runs.report.FindingsPart;
import dev.lightningbridge.runs.report.PromptDiff;
import dev.lightningbridge.runs.report.ReportData;
import dev.lightningbridge.runs.report.RolloutTable;
import dev.lightningbridge.runs.report.SpendTable;
import dev.lightningbridge.runs.report.TestFigures;
import dev.lightningbridge.runs.report.Text;
import dev.lightningbridge.runs.request.OptimizeRequest;
import dev.lightningbridge.server.Databases;
import dev.lightningbridge.workshop.Workshop;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a run's page shows.
 *
 * @param training null where a prompt is searched for
 * @param result null until the run has one, as {@code rollouts}
 * @param best what the search found best; null where that is the current prompt, or not known
 * @param steps what would help where the verdict is HOLD
 * @param proposalId null where there is none
 */
record RunOnPage(
    RunName name,
    @Nullable TrainingView training,
    Course course,
    SpendTable spent,
    @Nullable RunResult result,
    @Nullable RolloutTable rollouts,
    @Nullable Best best,
    List<Step> steps,
    @Nullable String proposalId,
    @Nullable Fault error,
    boolean resumable) {

  /** What has happened so far, told in four ways. */
  record Course(RunProgress progress, SearchTree tree, ScorePlot plot, List<LogLine> log) {
    static Course of(StoredRun run, RunStore runs, boolean trains) {
      List<StoredEvent> stored = runs.log().eventsOfLastStart(run.id());
      List<RunEvent> events = stored.stream().map(StoredEvent::event).toList();
      return new Course(
          RunProgress.of(events),
          SearchTree.of(events),
          ScorePlot.of(stored, runs.spending().callTimes(run.id())),
          LogLine.of(stored, trains));
    }
  }

  /**
   * The prompt that the search found best.
   *
   * @param won whether the verdict is PROMOTE; else it was held
   * @param findings of one that was held, for the proposal has the others; null where there are
   *     none
   * @param figures null where it was not measured
   */
  record Best(
      boolean won,
      @Nullable FindingsPart findings,
      PromptDiff diff,
      @Nullable TestFigures figures,
      String prompt) {
    /** What its column of the test is called. */
    public String title() {
      return won ? "Winner" : "Best candidate";
    }

    static @Nullable Best of(StoredRun run, @Nullable RunResult result) {
      if (result == null || result.prompt().equals(run.baselinePrompt())) {
        return null;
      }
      boolean won = result.verdict() == Verdict.Decision.PROMOTE;
      return new Best(
          won,
          won ? null : FindingsPart.of(result.findings(), result.prompt()),
          PromptDiff.of(run.baselinePrompt(), result.prompt()),
          TestFigures.of(result.test()),
          String.valueOf(Text.whole(result.prompt())));
    }
  }

  /** What would help where nothing was proved, and where that is done. */
  record Step(String words, @Nullable String link, @Nullable String label) {
    static List<Step> of(StoredRun run, @Nullable RunResult result) {
      String session =
          "/databases/%s/sessions/%s"
              .formatted(Databases.id(Path.of(run.campPath())), Links.urlEncoded(run.sessionId()));
      return result == null
          ? List.of()
          : NextStep.of(result).stream()
              .map(
                  step ->
                      switch (step.kind()) {
                        case INPUTS, LIMIT, SEARCH ->
                            new Step(step.words(), session + "#start", "Start another run");
                        case JUDGE -> new Step(step.words(), "/judges", "Compare judges");
                        case SCORES, RESUME, READ -> new Step(step.words(), null, null);
                      })
              .toList();
    }
  }

  /**
   * Why a run failed.
   *
   * @param more the last lines of a worker's log; null where there are none
   */
  record Fault(String what, @Nullable String more) {
    static @Nullable Fault of(@Nullable String error) {
      if (error == null) {
        return null;
      }
      String[] parts = error.split("\n", 2);
      return new Fault(parts[0], parts.length == 1 ? null : parts[1]);
    }
  }

  static RunOnPage of(StoredRun run, Workshop workshop) {
    RunStore runs = workshop.runs();
    TrainingView training = TrainingView.of(run, workshop);
    String json = run.resultJson();
    RunResult result =
        json == null || RunName.isActive(run.state()) ? null : Json.read(json, RunResult.class);
    return new RunOnPage(
        RunName.of(run, runs),
        training,
        Course.of(run, runs, training != null),
        spent(run, runs),
        result,
        result == null ? null : RolloutTable.of(result.rollouts(), training != null),
        Best.of(run, result),
        Step.of(run, result),
        workshop.proposals().proposalOf(run.id()).orElse(null),
        Fault.of(run.error()),
        run.isResumable() && !RunName.isActive(run.state()));
  }

  static SpendTable spent(StoredRun run, RunStore runs) {
    return SpendTable.of(
        new ReportData.Spending(
            runs.spending().roles(run.id()),
            Json.read(run.requestJson(), OptimizeRequest.class).limits()));
  }
}
