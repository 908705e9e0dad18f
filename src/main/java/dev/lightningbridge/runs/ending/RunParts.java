package dev.lightningbridge.runs.ending;

import dev.lightningbridge.findings.Finding;
import dev.lightningbridge.optimize.OptimizationResult.StopReason;
import dev.lightningbridge.optimize.verdict.RunRollouts;
import dev.lightningbridge.optimize.verdict.TaskGroup;
import dev.lightningbridge.optimize.verdict.TestResult;
import dev.lightningbridge.optimize.verdict.Verdict;
import dev.lightningbridge.runs.judging.JudgeFigures;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The parts of a {@link RunResult}; its JSON document has their members side by side. */
public final class RunParts {
  private RunParts() {}

  /**
   * The verdict.
   *
   * @param verdict PROMOTE or HOLD
   * @param reason its reason in one sentence; {@code remarks} what else should be known
   */
  public record Decided(Verdict.Decision verdict, String reason, List<String> remarks) {}

  /**
   * What the run was about.
   *
   * @param chosen why this lineage
   */
  public record About(
      String chosen, Baseline baseline, @Nullable Winner winner, TaskCounts tasks) {}

  /**
   * Who graded.
   *
   * @param judge null where a rule graded, or the run ended before the judge was tested
   */
  public record Graded(String grader, @Nullable JudgeFigures judge) {}

  /**
   * What the sealed test showed.
   *
   * @param test null where the sealed test set was not opened
   * @param groups the sealed test's tasks by their tag; {@code losses} those that got worse, the
   *     worst few of them
   * @param rollouts what became of them: refused, cut off, empty, left out; none of which is known
   *     where an earlier version kept the result
   * @param deciding what would decide where the test did not; null where it did, or nothing would
   * @param stopReason why the search ended; null where there was none
   */
  public record Tested(
      @Nullable TestResult test,
      List<TaskGroup> groups,
      List<LostTask> losses,
      RunRollouts rollouts,
      @Nullable Deciding deciding,
      @Nullable StopReason stopReason) {
    public Tested {
      rollouts = Objects.requireNonNullElse(rollouts, RunRollouts.NONE);
    }

    Tested withTasks(List<TaskGroup> others, List<LostTask> lost) {
      return new Tested(test, others, lost, rollouts, deciding, stopReason);
    }

    Tested withRollouts(RunRollouts others) {
      return new Tested(test, groups, losses, others, deciding, stopReason);
    }

    Tested withDeciding(@Nullable Deciding other) {
      return new Tested(test, groups, losses, rollouts, other, stopReason);
    }
  }

  /**
   * What the run came to.
   *
   * @param prompt the winner's prompt; the current one where nothing was better
   * @param diff the current prompt against that one, as a unified diff; empty where they are the
   *     same
   * @param findings what a person must see before the winner is promoted, or before anything is
   *     taken from a prompt that is held
   * @param model what was trained; null where a prompt was searched for, or nothing was trained
   */
  public record Found(
      String prompt, List<String> diff, List<Finding> findings, @Nullable Model model) {
    // Results of before have neither.
    public Found {
      diff = Objects.requireNonNullElse(diff, List.of());
      findings = Objects.requireNonNullElse(findings, List.of());
    }
  }

  /**
   * What was made of it.
   *
   * @param report path of the HTML report; null where none was written
   */
  public record Followed(
      @Nullable String proposalId, @Nullable String promotionId, @Nullable String report) {
    static final Followed NOTHING = new Followed(null, null, null);
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
      Map<String, Double> metrics) {}

  /**
   * Tasks by set.
   *
   * @param aside near duplicates of validation and test tasks, and what was sealed with another
   *     seed of the split: in no set
   */
  public record TaskCounts(int train, int validation, int test, int missing, int aside) {}
}
