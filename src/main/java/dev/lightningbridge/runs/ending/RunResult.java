package dev.lightningbridge.runs.ending;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.lightningbridge.common.ExitCode;
import dev.lightningbridge.common.Skipped;
import dev.lightningbridge.findings.Finding;
import dev.lightningbridge.optimize.OptimizationResult.StopReason;
import dev.lightningbridge.optimize.verdict.RunRollouts;
import dev.lightningbridge.optimize.verdict.TaskGroup;
import dev.lightningbridge.optimize.verdict.TestResult;
import dev.lightningbridge.optimize.verdict.Verdict;
import dev.lightningbridge.runs.CallsSpent;
import dev.lightningbridge.runs.RunState;
import dev.lightningbridge.runs.judging.JudgeFigures;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a run ended; the JSON document of {@code optimize}, in which the members of its parts stand
 * side by side. What many read is read from the result itself.
 *
 * @param sandbox whether a simulated model answered: then the figures prove the pipeline only
 */
public record RunResult(
    String runId,
    String engine,
    boolean sandbox,
    RunState state,
    @JsonUnwrapped RunParts.Decided decided,
    @JsonUnwrapped RunParts.About about,
    @JsonUnwrapped RunParts.Graded graded,
    @JsonUnwrapped RunParts.Tested tested,
    @JsonUnwrapped CallsSpent spent,
    @JsonUnwrapped RunParts.Found found,
    @JsonUnwrapped RunParts.Followed followed,
    List<Skipped> skipped) {
  /** This result with what the sealed test's tasks show one by one. */
  RunResult withTasks(List<TaskGroup> groups, List<LostTask> losses) {
    return with(tested.withTasks(groups, losses));
  }

  /** This result with what became of the rollouts. */
  RunResult withRollouts(RunRollouts rollouts) {
    return with(tested.withRollouts(rollouts));
  }

  RunResult withDeciding(@Nullable Deciding deciding) {
    return with(tested.withDeciding(deciding));
  }

  /** This result with the model that was trained. */
  RunResult withModel(RunParts.Model trained) {
    return with(
        state,
        decided,
        tested,
        new RunParts.Found(prompt(), diff(), findings(), trained),
        followed);
  }

  /** This result with what is suspicious in the prompt that it holds. */
  RunResult withFindings(List<Finding> seen) {
    return with(
        state, decided, tested, new RunParts.Found(prompt(), diff(), seen, model()), followed);
  }

  /** This result as people decided it. */
  public RunResult withDecision(RunState newState, RunParts.Decided newDecided) {
    return with(newState, newDecided, tested, found, followed);
  }

  /** This result with the proposal that was made of it. */
  public RunResult withProposal(String id, List<Finding> seen) {
    return withFindings(seen).with(new RunParts.Followed(id, promotionId(), report()));
  }

  /** This result after its proposal was written. */
  RunResult withPromotion(String id) {
    return with(
        RunState.PROMOTED,
        decided,
        tested,
        found,
        new RunParts.Followed(proposalId(), id, report()));
  }

  RunResult withReport(String path) {
    return with(new RunParts.Followed(proposalId(), promotionId(), path));
  }

  private RunResult with(RunParts.Tested newTested) {
    return with(state, decided, newTested, found, followed);
  }

  private RunResult with(RunParts.Followed newFollowed) {
    return with(state, decided, tested, found, newFollowed);
  }

  private RunResult with(
      RunState newState,
      RunParts.Decided newDecided,
      RunParts.Tested newTested,
      RunParts.Found newFound,
      RunParts.Followed newFollowed) {
    return new RunResult(
        runId,
        engine,
        sandbox,
        newState,
        newDecided,
        about,
        graded,
        newTested,
        spent,
        newFound,
        newFollowed,
        skipped);
  }

  /** The exit status of a command that ends with this result. */
  public ExitCode exit() {
    return state == RunState.CANCELLED ? ExitCode.CANCELLED : ExitCode.DONE;
  }

  public Verdict.Decision verdict() {
    return decided.verdict();
  }

  public String reason() {
    return decided.reason();
  }

  public List<String> remarks() {
    return decided.remarks();
  }

  public String chosen() {
    return about.chosen();
  }

  public RunParts.Baseline baseline() {
    return about.baseline();
  }

  public RunParts.@Nullable Winner winner() {
    return about.winner();
  }

  public RunParts.TaskCounts tasks() {
    return about.tasks();
  }

  public String grader() {
    return graded.grader();
  }

  public @Nullable JudgeFigures judge() {
    return graded.judge();
  }

  public @Nullable TestResult test() {
    return tested.test();
  }

  public List<TaskGroup> groups() {
    return tested.groups();
  }

  public List<LostTask> losses() {
    return tested.losses();
  }

  public RunRollouts rollouts() {
    return tested.rollouts();
  }

  public @Nullable Deciding deciding() {
    return tested.deciding();
  }

  public @Nullable StopReason stopReason() {
    return tested.stopReason();
  }

  public long calls() {
    return spent.calls();
  }

  public long tokens() {
    return spent.tokens();
  }

  public double usd() {
    return spent.usd();
  }

  public long turnedDown() {
    return spent.turnedDown();
  }

  public String prompt() {
    return found.prompt();
  }

  public List<String> diff() {
    return found.diff();
  }

  public List<Finding> findings() {
    return found.findings();
  }

  public RunParts.@Nullable Model model() {
    return found.model();
  }

  public @Nullable String proposalId() {
    return followed.proposalId();
  }

  public @Nullable String promotionId() {
    return followed.promotionId();
  }

  public @Nullable String report() {
    return followed.report();
  }
}
