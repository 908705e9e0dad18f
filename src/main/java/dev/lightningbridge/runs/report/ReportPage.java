package dev.lightningbridge.runs.report;

import dev.lightningbridge.common.Figures;
import dev.lightningbridge.optimize.ApoSettings;
import dev.lightningbridge.optimize.verdict.TaskGroups;
import dev.lightningbridge.optimize.verdict.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the template shows, in the words and numbers it shows it in. */
record ReportPage(
    String title,
    boolean promote,
    @Nullable FindingsPart findings,
    Tested tested,
    @Nullable JudgeTiles judge,
    PromptDiff diff,
    Search search,
    SpendTable spent,
    List<Fact> facts,
    @Nullable String promotedAt) {

  /**
   * The sealed test.
   *
   * @param figures null where nothing was measured
   */
  record Tested(
      @Nullable TestFigures figures,
      List<GroupRow> groups,
      List<TaskRow> tasks,
      RolloutTable rollouts) {
    static Tested of(ReportData data) {
      return new Tested(
          TestFigures.of(data.verdict().test()),
          GroupRow.of(TaskGroups.of(data.pairs(), data.run().seed())),
          TaskRow.of(data.pairs()),
          RolloutTable.of(data.run().rollouts(), data.prompts().trained() != null));
    }
  }

  /** The candidates, as a picture and as a tree. */
  record Search(RoundChart chart, List<CandidateTree.Row> candidates) {
    static Search of(ReportData data) {
      String winner = data.prompts().winnerName();
      return new Search(
          RoundChart.of(data.evaluations(), winner),
          CandidateTree.rows(data.candidates(), data.evaluations(), winner));
    }
  }

  /** A name with a value. */
  record Fact(String name, String value) {}

  static ReportPage of(ReportData data) {
    return new ReportPage(
        "%s, lineage %s".formatted(data.subject().sessionName(), data.subject().lineageLabel()),
        data.verdict().decision() == Verdict.Decision.PROMOTE,
        FindingsPart.of(data.findings(), data.prompts().winner()),
        Tested.of(data),
        JudgeTiles.of(data.run().judge()),
        PromptDiff.of(data.prompts().baseline(), data.prompts().winner()),
        Search.of(data),
        SpendTable.of(data.spending()),
        facts(data),
        data.promotion() == null ? null : Text.utc(data.promotion().at()));
  }

  private static List<Fact> facts(ReportData data) {
    ReportData.Subject subject = data.subject();
    ReportData.Run run = data.run();
    ApoSettings s = run.settings();
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("Run", run.id()));
    facts.add(
        new Fact(
            "Time",
            "%s to %s (%s)"
                .formatted(
                    Text.utc(run.startedAt()),
                    Text.utc(run.finishedAt()),
                    Figures.took(run.startedAt(), run.finishedAt()))));
    facts.add(new Fact("Database", subject.database()));
    facts.add(new Fact("Session", subject.sessionId()));
    facts.add(
        new Fact("Lineage", "%s (%s)".formatted(subject.lineageLabel(), subject.lineageId())));
    facts.add(
        new Fact(
            "Current agent version",
            "%d (%s)".formatted(subject.agentVersion(), subject.agentVersionId())));
    facts.add(new Fact("Engine", run.engine()));
    facts.add(new Fact("Grader", run.grader()));
    facts.add(
        new Fact(
            "Distinct tasks",
            "%d train, %d validation, %d sealed test"
                .formatted(run.tasks().train(), run.tasks().validation(), run.tasks().test())));
    facts.add(
        new Fact(
            "Settings",
            "%d rounds, beam %d, branch %d, critique batch %d, validation batch %d, temperature %s,"
                    .formatted(
                        s.rounds(),
                        s.beamWidth(),
                        s.branchFactor(),
                        s.gradientBatchSize(),
                        s.validationBatchSize(),
                        s.diversityTemperature())
                + " %d at a time".formatted(s.concurrency())));
    facts.add(new Fact("Seed", String.valueOf(run.seed())));
    if (run.stopReason() != null) {
      facts.add(new Fact("The search ended", run.stopReason()));
    }
    if (run.tasks().skippedRows() > 0) {
      facts.add(new Fact("Bad rows left out", Figures.count(run.tasks().skippedRows())));
    }
    return facts;
  }
}
