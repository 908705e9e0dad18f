package dev.lightningbridge.runs.ending;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.ExitCode;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.model.Spend;
import dev.lightningbridge.optimize.verdict.Verdict;
import dev.lightningbridge.runs.BegunRun;
import dev.lightningbridge.runs.EvidenceStore;
import dev.lightningbridge.runs.RunLease;
import dev.lightningbridge.runs.RunState;
import dev.lightningbridge.runs.RunStore;
import dev.lightningbridge.runs.promotion.Promotion;
import dev.lightningbridge.runs.promotion.Promotions;
import dev.lightningbridge.runs.promotion.ProposalFindings;
import dev.lightningbridge.runs.promotion.ProposalStore;
import dev.lightningbridge.runs.promotion.ProposalStore.Proposal;
import dev.lightningbridge.runs.request.RunError;
import dev.lightningbridge.store.BridgeDatabase;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/** What is made of a run's run. */
public final class RunEnd {
  private static final Set<ExitCode> CANNOT_WORK =
      EnumSet.of(
          ExitCode.USAGE,
          ExitCode.BAD_INPUT,
          ExitCode.BUDGET_TOO_SMALL,
          ExitCode.ENVIRONMENT_MISSING);

  /** What a run may leave in bridge.db before its first call. */
  private static final List<String> PARTS =
      List.of(
          "events",
          "evaluations",
          "candidates",
          "calls",
          "agent_rollouts",
          "external_grades",
          "run_judges",
          "sealed_inputs");

  private final BridgeDatabase database;
  private final RunStore runs;
  private final ProposalStore proposals;
  private final Promotions promotions;
  private final ProposalFindings findings;
  private final RunReports reports;
  private final EvidenceStore evidence;
  private final ModelStore trained;
  private final Consumer<String> waiting;

  /**
   * @param waiting told of a run whose verdict waits for people
   */
  public RunEnd(
      BridgeDatabase database,
      RunStore runs,
      ProposalStore proposals,
      Promotions promotions,
      ProposalFindings findings,
      RunReports reports,
      Consumer<String> waiting) {
    this.database = database;
    this.runs = runs;
    this.proposals = proposals;
    this.promotions = promotions;
    this.findings = findings;
    this.reports = reports;
    this.evidence = new EvidenceStore(database);
    this.trained = new ModelStore(database);
    this.waiting = waiting;
  }

  /** Makes the proposal where there is one, writes the report and keeps the result, once each. */
  public RunResult of(RunLease lease, RunTraces.Trace trace, BegunRun run, RunOutcome ended) {
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
      waiting.accept(run.runId());
    }
    trace.ended(result.state());
    return result;
  }

  /** The run can be resumed; a disk that does not even take this note must not hide the cause. */
  public void failed(RunLease lease, RuntimeException cause) {
    try {
      runs.finish(lease, RunState.FAILED, null, String.valueOf(cause.getMessage()));
    } catch (RuntimeException e) {
      cause.addSuppressed(e);
    }
  }

  /**
   * Takes a run back whose first call showed that its endpoint cannot be used, or that has spent
   * nothing and was asked for in a way that cannot work. An endpoint that may answer later is none.
   */
  public void forgetUnbegun(String runId, BridgeException cause) {
    if (cause.code() == RunError.ENDPOINT_UNUSABLE
        || (cause.code() != RunError.ENDPOINT_NOT_READY
            && CANNOT_WORK.contains(cause.code().exit())
            && runs.spending().of(runId).equals(Spend.NOTHING))) {
      forget(runId);
    }
  }

  private void forget(String runId) {
    database.useTransaction(
        handle -> {
          if (hasOpened(handle, runId)) {
            return;
          }
          for (String part : PARTS) {
            handle.execute("DELETE FROM " + part + " WHERE run_id = ?", runId);
          }
          handle.execute("DELETE FROM runs WHERE id = ? AND state = 'failed'", runId);
        });
  }

  /** Sealed tasks that were opened stay so, and count against the lineage's level. */
  private static boolean hasOpened(Handle handle, String runId) {
    return handle
        .createQuery("SELECT 1 FROM test_openings WHERE run_id = :id")
        .bind("id", runId)
        .mapTo(Integer.class)
        .findFirst()
        .isPresent();
  }
}
