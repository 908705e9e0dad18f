package dev.lightningbridge.runs.nights;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.lightningbridge.model.Limits;
import dev.lightningbridge.optimize.verdict.Verdict;
import dev.lightningbridge.runs.RunState;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a schedule did at one of its times: the digest, while it runs and after. Times are
 * milliseconds since the epoch.
 *
 * @param schedule the schedule's name then
 * @param dueAt the time that the schedule names, or at which a person asked
 * @param asked whether a person asked for it
 * @param remark why it was skipped, or that it was made up for; null where neither
 * @param sandbox whether a simulated model answers: then the figures prove the pipeline only
 * @param budget for all its runs together
 * @param spent by its runs so far
 * @param picked the lineages that it runs
 * @param left the lineages that it looked at and left
 * @param proposals how many of its runs made one; {@code promotions} how many of these were written
 * @param errors what went wrong, a sentence each
 */
public record Night(
    String id,
    String scheduleId,
    String schedule,
    Path camp,
    State state,
    long dueAt,
    boolean asked,
    long startedAt,
    @Nullable Long finishedAt,
    @Nullable String remark,
    boolean sandbox,
    Limits budget,
    Spent spent,
    List<Picked> picked,
    List<Left> left,
    int proposals,
    int promotions,
    List<String> errors) {

  Night ended(long at) {
    return new Night(
        id,
        scheduleId,
        schedule,
        camp,
        State.ENDED,
        dueAt,
        asked,
        startedAt,
        at,
        remark,
        sandbox,
        budget,
        spent,
        picked,
        left,
        proposals,
        promotions,
        errors);
  }

  /** Where it stands. */
  public enum State {
    RUNNING,
    ENDED,
    /** The schedule's former night still ran. */
    SKIPPED;

    /** As in bridge.db and in JSON. */
    @JsonValue
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }

    static State of(String text) {
      return valueOf(text.toUpperCase(Locale.ROOT));
    }
  }

  /** What was spent; 0 USD for models without a known price. */
  public record Spent(long calls, long tokens, double usd) {}

  /**
   * A lineage that is run.
   *
   * @param newScores current scores that are newer than its last run's start
   * @param limits of the run
   * @param runId null until it is in the queue, or where it could not start
   * @param verdict null until the run has one, as {@code reason}
   * @param help what would help where the verdict is HOLD, a sentence or two each
   * @param findings how many a person must accept before its proposal is promoted
   * @param error why the run could not start, or failed; null where neither
   */
  public record Picked(
      String sessionId,
      String session,
      String lineageId,
      String label,
      int newScores,
      Limits limits,
      @Nullable String runId,
      @Nullable RunState run,
      Verdict.@Nullable Decision verdict,
      @Nullable String reason,
      List<String> help,
      @Nullable String proposalId,
      @Nullable String promotionId,
      int findings,
      Spent spent,
      @Nullable String error) {
    /** Digests that an earlier release kept say nothing of that. */
    @SuppressWarnings("NullAway")
    public Picked {
      help = help == null ? List.of() : List.copyOf(help);
    }
  }

  /** A lineage that was left alone, and why. */
  public record Left(
      String sessionId,
      String session,
      String lineageId,
      String label,
      int newScores,
      String why) {}
}
