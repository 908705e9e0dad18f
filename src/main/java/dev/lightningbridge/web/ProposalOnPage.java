package dev.lightningbridge.web;

import dev.lightningbridge.common.Json;
import dev.lightningbridge.findings.Finding;
import dev.lightningbridge.optimize.verdict.TaskGroups;
import dev.lightningbridge.optimize.verdict.Verdict;
import dev.lightningbridge.runs.RunSubject;
import dev.lightningbridge.runs.StoredRun;
import dev.lightningbridge.runs.ending.RunResult;
import dev.lightningbridge.runs.judging.JudgeFigures;
import dev.lightningbridge.runs.promotion.Promotion;
import dev.lightningbridge.runs.promotion.ProposalStore.Proposal;
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
 * @param promotion null where it was not written
 * @param model the trained model that is proposed; null where a prompt is
 */
record ProposalOnPage(
    String id,
    String state,
    RunName run,
    @Nullable FindingsPart findings,
    boolean unseen,
    Tested tested,
    Prompts prompts,
    @Nullable Moment decidedAt,
    @Nullable String reason,
    @Nullable Promotion promotion,
    @Nullable ModelChange model) {

  /**
   * The sealed test and what follows from it.
   *
   * @param figures null where nothing was measured
   * @param groups the tasks by tag; empty where none has one
   * @param rollouts null where the run's result was not kept
   * @param judge null where a rule graded
   */
  record Tested(
      Verdict verdict,
      @Nullable TestFigures figures,
      List<GroupRow> groups,
      List<EvidenceRow> tasks,
      @Nullable RolloutTable rollouts,
      @Nullable Judge judge) {
    static Tested of(Proposal proposal, StoredRun run, Workshop workshop) {
      Verdict verdict = Json.read(proposal.verdictJson(), Verdict.class);
      String json = run.resultJson();
      RunResult result = json == null ? null : Json.read(json, RunResult.class);
      return new Tested(
          verdict,
          TestFigures.of(verdict.test()),
          result == null ? List.of() : GroupRow.of(new TaskGroups(result.groups())),
          EvidenceRow.of(workshop.evidence().of(run.id())),
          result == null ? null : RolloutTable.of(result.rollouts(), result.model() != null),
          Judge.of(result));
    }
  }

  /** The current prompt and the proposed one. */
  record Prompts(PromptDiff diff, String current, String proposed) {
    static Prompts of(String current, String proposed) {
      return new Prompts(PromptDiff.of(current, proposed), current, proposed);
    }
  }

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
      String model, boolean trusted, boolean accepted, String reason, @Nullable String page) {
    static @Nullable Judge of(@Nullable RunResult result) {
      JudgeFigures figures = result == null ? null : result.judge();
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
    Optional<List<Finding>> findings = workshop.findings().seen(proposal);
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
        Tested.of(proposal, run, workshop),
        Prompts.of(run.baselinePrompt(), proposal.prompt()),
        Moment.ofNullable(proposal.decidedAt()),
        proposal.reason(),
        promotion,
        ModelChange.of(proposal, workshop));
  }
}
