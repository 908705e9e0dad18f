package dev.lightningbridge.runs;

import dev.lightningbridge.common.Json;
import dev.lightningbridge.optimize.Verdict;
import dev.lightningbridge.runs.ProposalStore.Proposal;
import dev.lightningbridge.store.BridgeDatabase;
import java.util.List;

/** What is made of a run's run. */
final class RunEnd {
  private final BridgeDatabase database;
  private final RunStore runs;
  private final ProposalStore proposals;
  private final Promotions promotions;
  private final ProposalFindings findings;
  private final RunReports reports;
  private final EvidenceStore evidence;
  private final ModelStore trained;
  private final PeopleTests people;

  RunEnd(
      BridgeDatabase database,
      RunStore runs,
      ProposalStore proposals,
      Promotions promotions,
      ProposalFindings findings,
      RunReports reports,
      PeopleTests people) {
    this.database = database;
    this.runs = runs;
    this.proposals = proposals;
    this.promotions = promotions;
    this.findings = findings;
    this.reports = reports;
    this.evidence = new EvidenceStore(database);
    this.trained = new ModelStore(database);
    this.people = people;
  }

  /** Makes the proposal where there is one, writes the report and keeps the result, once each. */
  RunResult of(RunLease lease, RunTraces.Trace trace, BegunRun run, RunOutcome ended) {
    RunResult result = ended.result();
    evidence.keep(run.runId(), ended.pairs());
    if (result.model() != null) {
      trained.became(
          run.runId(), result.verdict() == Verdict.Decision.PROMOTE ? "proposed" : "held");
    }
    Promotion promotion = null;
    if (result.verdict() == Verdict.Decision.PROMOTE) {
      lease.check();
      Proposal proposal =
          proposals.propose(
              run.runId(),
              result.baseline().lineageId(),
              result.baseline().agentVersionId(),
              result.prompt(),
              result.model() == null ? null : result.model().name(),
              Json.write(ended.verdict()));
      result = result.withProposal(proposal.id(), findings.seen(proposal).orElse(List.of()));
      if (run.request().policy().autoPromote() && result.findings().isEmpty()) {
        promotion = promotions.promoteOnce(proposal.id());
        result = result.withPromotion(promotion.promotionId());
      }
    } else if (!result.diff().isEmpty()) {
      result = result.withFindings(findings.ofHeld(run.runId(), result.prompt()));
    }
    result = result.withReport(reports.write(run, ended, result, promotion).toString());
    runs.finish(lease, result.state(), Json.write(result), null);
    if (ended.verdict().reason() == Verdict.Reason.WAITING_FOR_PEOPLE) {
      people.beginIfPossible(outcome.runId());
    }
    trace.ended(result.state());
    return result;
  }

  /** The run can be resumed; a disk that does not even take this note must not hide the cause. */
  void failed(RunLease lease, RuntimeException cause) {
    try {
      runs.finish(lease, RunState.FAILED, null, String.valueOf(cause.getMessage()));
    } catch (RuntimeException e) {
      cause.addSuppressed(e);
    }
  }

  /** Takes a run back that has found out that it cannot begin, and done nothing else. */
  void forget(String runId) {
    database.useTransaction(
        handle -> {
          handle.execute("DELETE FROM events WHERE run_id = ?", runId);
          handle.execute("DELETE FROM calls WHERE run_id = ?", runId);
          handle.execute("DELETE FROM agent_rollouts WHERE run_id = ?", runId);
          handle.execute("DELETE FROM runs WHERE id = ? AND state = 'failed'", runId);
        });
  }
}
