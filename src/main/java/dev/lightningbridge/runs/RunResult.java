package dev.lightningbridge.runs;

import dev.lightningbridge.common.ExitCode;
import dev.lightningbridge.common.Skipped;
import dev.lightningbridge.findings.Finding;
import dev.lightningbridge.optimize.OptimizationResult.StopReason;
import dev.lightningbridge.optimize.RunRollouts;
import dev.lightningbridge.optimize.TaskGroup;
import dev.lightningbridge.optimize.TestResult;
import dev.lightningbridge.optimize.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a run ended; the JSON document of {@code optimize}.
 *
 * @param sandbox whether a simulated model answered: then the figures prove the pipeline only
 * @param verdict PROMOTE or HOLD
 * @param reason its reason in one sentence; {@code remarks} what else should be known
 * @param judge null where a rule graded, or the run ended before the judge was tested
 * @param test null where the sealed test set was not opened
 * @param groups the sealed test's tasks by their tag; {@code losses} those that got worse, the
 *     worst few of them
 * @param rollouts what became of them: refused, cut off, empty, left out; none of which is known
 *     where an earlier version kept the result
 * @param turnedDown calls that the endpoint turned down; they are not among {@code calls}
 * @param stopReason why the search ended; null where there was none
 * @param deciding what would decide where the test did not; null where it did, or nothing would
 * @param prompt the winner's prompt; the current one where nothing was better
 * @param diff the current prompt against that one, as a unified diff; empty where they are the same
 * @param findings what a person must see before the winner is promoted; empty where there is no
 *     proposal
 * @param model what was trained; null where a prompt was searched for, or nothing was trained
 * @param report path of the HTML report; null where none was written
 */
public record RunResult(
    String runId,
    String engine,
    boolean sandbox,
    RunState state,
    Verdict.Decision verdict,
    String reason,
    List<String> remarks,
    String chosen,
    Baseline baseline,
    @Nullable Winner winner,
    TaskCounts tasks,
    String grader,
    @Nullable JudgeFigures judge,
    @Nullable TestResult test,
    List<TaskGroup> groups,
    List<LostTask> losses,
    RunRollouts rollouts,
    @Nullable Deciding deciding,
    @Nullable StopReason stopReason,
    long calls,
    long tokens,
    double usd,
    long turnedDown,
    String prompt,
    List<String> diff,
    List<Finding> findings,
    @Nullable Model model,
    @Nullable String proposalId,
    @Nullable String promotionId,
    @Nullable String report,
    List<Skipped> skipped) {
  public RunResult {
    // Results of before have none of these.
    rollouts = Objects.requireNonNullElse(rollouts, RunRollouts.NONE);
    diff = Objects.requireNonNullElse(diff, List.of());
    findings = Objects.requireNonNullElse(findings, List.of());
  }

  /** The agent version that the run started from. */
  public record Baseline(
      String agentVersionId, int version, String lineageId, String label, String sessionId) {}

  /**
   * The best candidate by validation.
   *
   * @param validationScore mean reward, 0 to 1; null where none was measured
   */
  public record Winner(String candidate, @Nullable Double validationScore, boolean changed) {}

  /**
   * The model that the run trained.
   *
   * @param name the agent version's model, if it is promoted; {@code base} the base model's folder
   * @param path the folder of its weights
   * @param metrics what training came to, by name
   */
  public record Model(
      String id,
      String name,
      String algorithm,
      String base,
      String path,
      Map<String, Double> metrics) {
    static Model of(RegisteredModel model) {
      return new Model(
          model.id(),
          model.name(),
          model.algorithm(),
          model.baseModel(),
          model.path(),
          model.metrics());
    }
  }

  /**
   * Tasks by set.
   *
   * @param aside near duplicates of validation and test tasks, and what was sealed with another
   *     seed of the split: in no set
   */
  public record TaskCounts(int train, int validation, int test, int missing, int aside) {}

  /** This result with what the sealed test's tasks show one by one. */
  RunResult withTasks(List<TaskGroup> newGroups, List<LostTask> newLosses) {
    return with(
        state,
        newGroups,
        newLosses,
        rollouts,
        deciding,
        findings,
        model,
        proposalId,
        promotionId,
        report);
  }

  /** This result with what became of the rollouts. */
  RunResult withRollouts(RunRollouts newRollouts) {
    return with(
        state,
        groups,
        losses,
        newRollouts,
        deciding,
        findings,
        model,
        proposalId,
        promotionId,
        report);
  }

  /** This result with the proposal that was made of it. */
  RunResult withProposal(String id, List<Finding> seen) {
    return with(state, groups, losses, rollouts, deciding, seen, model, id, promotionId, report);
  }

  /** This result after its proposal was written. */
  RunResult withPromotion(String id) {
    return with(
        RunState.PROMOTED,
        groups,
        losses,
        rollouts,
        deciding,
        findings,
        model,
        proposalId,
        id,
        report);
  }

  RunResult withDeciding(@Nullable Deciding found) {
    return with(
        state, groups, losses, rollouts, found, findings, model, proposalId, promotionId, report);
  }

  /** This result with the model that was trained. */
  RunResult withModel(Model trained) {
    return with(
        state,
        groups,
        losses,
        rollouts,
        deciding,
        findings,
        trained,
        proposalId,
        promotionId,
        report);
  }

  RunResult withReport(String path) {
    return with(
        state, groups, losses, rollouts, deciding, findings, model, proposalId, promotionId, path);
  }

  private RunResult with(
      RunState newState,
      List<TaskGroup> newGroups,
      List<LostTask> newLosses,
      RunRollouts newRollouts,
      @Nullable Deciding newDeciding,
      List<Finding> newFindings,
      @Nullable Model newModel,
      @Nullable String newProposal,
      @Nullable String newPromotion,
      @Nullable String newReport) {
    return new RunResult(
        runId,
        engine,
        sandbox,
        newState,
        verdict,
        reason,
        remarks,
        chosen,
        baseline,
        winner,
        tasks,
        grader,
        judge,
        test,
        newGroups,
        newLosses,
        newRollouts,
        newDeciding,
        stopReason,
        calls,
        tokens,
        usd,
        turnedDown,
        prompt,
        diff,
        newFindings,
        newModel,
        newProposal,
        newPromotion,
        newReport,
        skipped);
  }

  /** The exit status of a command that ends with this result. */
  public ExitCode exit() {
    return state == RunState.CANCELLED ? ExitCode.CANCELLED : ExitCode.DONE;
  }
}
