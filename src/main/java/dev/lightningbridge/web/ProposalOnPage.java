package dev.lightningbridge.web;

import dev.lightningbridge.common.Json;
import dev.lightningbridge.findings.Finding;
import dev.lightningbridge.optimize.verdict.TaskGroups;
import dev.lightningbridge.optimize.verdict.Verdict;
import dev.lightningbridge.runs.RunSubject;
import dev.lightningbridge.runs.StoredRun;
import dev.lightningbridge.runs.ending.RunResult;
import dev.lightningbridge.runs.promotion.Promotion;
import dev.lightningbridge.runs.promotion.ProposalStore.Proposal;
import dev.lightningbridge.runs.report.EffectFigure;
import dev.lightningbridge.runs.report.FindingsPart;
import dev.lightningbridge.runs.report.GroupRow;
import dev.lightningbridge.runs.report.PromptDiff;
import dev.lightningbridge.runs.report.RolloutTable;
import dev.lightningbridge.runs.report.TestFigures;
import dev.lightningbridge.workshop.Workshop;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a proposal's page shows.
 *
 * @param state waiting, promoted, rejected, superseded or rolled_back
 * @param findings null where there are none; {@code unseen} whether it could not be looked at yet
 * @param figures null where nothing was measured, as {@code effect}
 * @param groups the tasks by tag; empty where none has one
 * @param rollouts null where the run's result was not kept
 * @param judge null where a rule graded
 * @param promotion null where it was not written
 * @param model the trained model that is proposed; null where a prompt is
 */
record ProposalOnPage(
    String id,
    String state,
    RunName run,
    @Nullable FindingsPart findings,
    boolean unseen,
    Verdict verdict,
    @Nullable TestFigures figures,
    @Nullable EffectFigure effect,
    PromptDiff diff,
    String current,
    String proposed,
    List<GroupRow> groups,
    List<EvidenceRow> tasks,
    @Nullable RolloutTable rollouts,
    @Nullable Judge judge,
    @Nullable Moment decidedAt,
    @Nullable String reason,
    @Nullable Promotion promotion,
    @Nullable ModelChange model) {

  /** The agent's model of today, and the trained one in its place. */
  record ModelChange(String from, TrainedView to) {
    static @Nullable ModelChange of(Proposal proposal, Workshop workshop) {
      return proposal.model() == null
          ? null
          : new ModelChange(
              workshop.runs().subject(proposal.runId()).map(RunSubject::model).orElse("unknown"),
              TrainedView.of(workshop.models().get(proposal.model())));
    }
  }

  /** How far the run's judge can be trusted. */
  record Judge(
      String model, boolean trusted, boolean accepted, String reason, @Nullable String page) {}

  /** What the current agent is called in the test, and what would take its place. */
  public String oldName() {
    return model == null ? "Current prompt" : "Base model";
  }

  public String newName() {
    return model == null ? "New prompt" : "Trained model";
  }

  /** The proposal that took its place, where one did; its id ends the reason. */
  public @Nullable String takenBy() {
    return state.equals("superseded") && reason != null
        ? reason.substring(reason.lastIndexOf(' ') + 1).replace(".", "")
        : null;
  }

  /** The form that the findings' boxes belong to; empty where there is nothing to decide. */
  public String acceptForm() {
    return state.equals("waiting") ? "approve" : "";
  }

  static ProposalOnPage of(Proposal proposal, Workshop workshop) {
    StoredRun run = workshop.runs().get(proposal.runId());
    Verdict verdict = Json.read(proposal.verdictJson(), Verdict.class);
    Optional<List<Finding>> findings = workshop.findings().seen(proposal);
    String resultJson = run.resultJson();
    RunResult result = resultJson == null ? null : Json.read(resultJson, RunResult.class);
    Promotion promotion =
        workshop
            .proposals()
            .promotions()
            .promotionOf(run.id())
            .map(stored -> workshop.promotions().show(stored.id()))
            .orElse(null);
    return new ProposalOnPage(
        proposal.id(),
        promotion != null && promotion.state().equals("rolled_back")
            ? "rolled_back"
            : proposal.state(),
        RunName.of(run, workshop.runs()),
        findings.map(found -> FindingsPart.of(found, proposal.prompt())).orElse(null),
        findings.isEmpty(),
        verdict,
        TestFigures.of(verdict.test()),
        EffectFigure.of(verdict.test()),
        PromptDiff.of(run.baselinePrompt(), proposal.prompt()),
        run.baselinePrompt(),
        proposal.prompt(),
        groups(result),
        EvidenceRow.of(workshop.evidence().of(run.id())),
        result == null ? null : RolloutTable.of(result.rollouts(), result.model() != null),
        judge(result),
        Moment.ofNullable(proposal.decidedAt()),
        proposal.reason(),
        promotion,
        ModelChange.of(proposal, workshop));
  }

  /** None where no task has a tag. */
  private static List<GroupRow> groups(@Nullable RunResult result) {
    return result == null ? List.of() : GroupRow.of(new TaskGroups(result.groups()));
  }

  private static @Nullable Judge judge(@Nullable RunResult result) {
    var figures = result == null ? null : result.judge();
    return figures == null
        ? null
        : new Judge(
            figures.model(),
            figures.trusted(),
            figures.accepted(),
            figures.reason(),
            figures.calibrationId());
  }
}
