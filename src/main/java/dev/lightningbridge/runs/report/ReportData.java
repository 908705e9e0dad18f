package dev.lightningbridge.runs.report;

import dev.lightningbridge.findings.Finding;
import dev.lightningbridge.grading.calibration.Agreement;
import dev.lightningbridge.model.Limits;
import dev.lightningbridge.model.ModelRole;
import dev.lightningbridge.model.Spend;
import dev.lightningbridge.optimize.ApoSettings;
import dev.lightningbridge.optimize.verdict.PairedRollout;
import dev.lightningbridge.optimize.verdict.RunRollouts;
import dev.lightningbridge.optimize.verdict.Verdict;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that a report says.
 *
 * @param sandbox whether a simulated model answered
 * @param findings what a person must see before the winner is promoted
 * @param candidates by the order of their making, the seed prompt (v0) first
 * @param evaluations by time, of every purpose
 * @param pairs what the sealed test ran; empty where it was not opened
 * @param next what the reader can do now; null where there is nothing
 */
public record ReportData(
    Subject subject,
    Run run,
    boolean sandbox,
    Verdict verdict,
    List<Finding> findings,
    Prompts prompts,
    List<Candidate> candidates,
    List<Evaluation> evaluations,
    List<PairedRollout> pairs,
    Spending spending,
    @Nullable Next next,
    @Nullable Promotion promotion) {

  /** The agent that the run is about. */
  public record Subject(
      String database,
      String sessionId,
      String sessionName,
      String lineageId,
      String lineageLabel,
      String agentVersionId,
      int agentVersion) {}

  /**
   * How the run went.
   *
   * @param judge null where a rule graded, or the judge was not tested before the run's end
   * @param rollouts what became of them
   * @param stopReason why the search ended, in words; null where there was no search
   */
  public record Run(
      String id,
      String engine,
      String grader,
      @Nullable Judge judge,
      long seed,
      ApoSettings settings,
      TaskCounts tasks,
      RunRollouts rollouts,
      @Nullable String stopReason,
      Instant startedAt,
      Instant finishedAt) {}

  /**
   * How many distinct tasks each set has.
   *
   * @param skippedRows bad rows of the database or the task file that were left out
   */
  public record TaskCounts(int train, int validation, int test, int skippedRows) {}

  /**
   * How far the judge can be trusted.
   *
   * @param accepted whether it decided though it is not trusted, as the user said
   * @param agreement with people's scores, of the judge as it was used; null where it was not
   *     tested
   * @param stored whether the test is one of before
   * @param page the file beside the report that shows the test; null where there was none
   */
  public record Judge(
      String model,
      boolean trusted,
      boolean accepted,
      String reason,
      @Nullable Agreement agreement,
      boolean corrected,
      boolean stored,
      @Nullable String page) {}

  /**
   * The two prompts, or models, that the verdict compares.
   *
   * @param winner the same text as the baseline where nothing was better, or a model was trained
   * @param winnerName the winner's name among the candidates
   * @param trained what model was trained, in a sentence; null where a prompt was searched for
   */
  public record Prompts(
      String baseline, String winner, String winnerName, @Nullable String trained) {
    /** Of a search. */
    public Prompts(String baseline, String winner, String winnerName) {
      this(baseline, winner, winnerName, null);
    }
  }

  /** A prompt that was tried. */
  public record Candidate(
      String name, @Nullable String parent, int round, String prompt, @Nullable String critique) {}

  /**
   * A measurement of a candidate.
   *
   * @param purpose train, validation or test
   * @param mean mean reward, 0 to 1; null where no task had one
   */
  public record Evaluation(
      String candidate,
      int round,
      String purpose,
      int tasks,
      int failures,
      @Nullable Double mean) {}

  /** What was spent, by role, and what might have been. */
  public record Spending(List<RoleSpend> roles, Limits limits) {}

  /**
   * What one role's calls spent, and how many of them never had an answer.
   *
   * @param refused by the model or a filter, by the API's own code
   * @param empty without any text; {@code cutOff} used up their limit of tokens before
   * @param failed in another way
   */
  public record RoleSpend(
      ModelRole role, Spend spend, long refused, long empty, long cutOff, long failed) {
    /** Where all were answered. */
    public RoleSpend(ModelRole role, Spend spend) {
      this(role, spend, 0, 0, 0, 0);
    }
  }

  /**
   * What the reader can do.
   *
   * @param sentence such as: The new prompt waits for your approval
   * @param command the command that does it
   */
  public record Next(String sentence, String command) {}

  /**
   * A promotion that was made.
   *
   * @param written what was written, a line each
   * @param rollbackCommand the command that undoes it
   */
  public record Promotion(
      String id,
      String agentVersionId,
      int agentVersion,
      Instant at,
      List<String> written,
      String rollbackCommand) {}
}
