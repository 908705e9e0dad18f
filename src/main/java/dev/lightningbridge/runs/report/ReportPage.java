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
    @Nullable TestFigures figures,
    @Nullable EffectFigure effect,
    @Nullable JudgeTiles judge,
    PromptDiff diff,
    RoundChart chart,
    List<CandidateTree.Row> candidates,
    List<GroupRow> groups,
    List<TaskRow> tasks,
    RolloutTable rollouts,
    List<SpendRow> spend,
    SpendRow total,
    List<SpendRow.Meter> meters,
    List<Fact> facts,
    @Nullable String promotedAt) {

  /** A name with a value. */
  record Fact(String name, String value) {}

  static ReportPage of(ReportData data) {
    return new ReportPage(
        "%s, lineage %s".formatted(data.subject().sessionName(), data.subject().lineageLabel()),
        data.verdict().decision() == Verdict.Decision.PROMOTE,
        FindingsPart.of(data.findings(), data.prompts().winner()),
        TestFigures.of(data.verdict().test()),
        EffectFigure.of(data.verdict().test()),
        JudgeTiles.of(data.run().judge()),
        PromptDiff.of(data.prompts().baseline(), data.prompts().winner()),
        RoundChart.of(data.evaluations(), data.prompts().winnerName()),
        CandidateTree.rows(data.candidates(), data.evaluations(), data.prompts().winnerName()),
        GroupRow.of(TaskGroups.of(data.pairs(), data.run().seed())),
        TaskRow.of(data.pairs()),
        RolloutTable.of(data.run().rollouts(), data.prompts().trained() != null),
        SpendRow.of(data.spending().roles()),
        SpendRow.total(data.spending().roles()),
        SpendRow.meters(data.spending()),
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
                .formatted(run.train(), run.validation(), run.test())));
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
    if (run.skippedRows() > 0) {
      facts.add(new Fact("Bad rows left out", Figures.count(run.skippedRows())));
    }
    return facts;
  }
}
