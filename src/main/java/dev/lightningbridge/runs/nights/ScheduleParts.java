package dev.lightningbridge.runs.nights;

import static java.util.Objects.requireNonNullElse;

import dev.lightningbridge.model.Limits;
import dev.lightningbridge.runs.request.OptimizeRequest;
import dev.lightningbridge.runs.request.RunPolicy;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The parts of a {@link Schedule}; its JSON document has their members side by side. */
public final class ScheduleParts {
  private ScheduleParts() {}

  /**
   * What it is about.
   *
   * @param sessionId only this session; null for all of the database
   * @param lineages ids of those that it is about; empty for all of the session or database
   * @param pool as in {@link OptimizeRequest#pool}
   */
  public record Scope(
      Path camp, @Nullable String sessionId, List<String> lineages, List<String> pool) {
    /** Of schedules that were kept before they could name lineages and pools, these are missing. */
    @SuppressWarnings("NullAway")
    public Scope {
      lineages = lineages == null ? List.of() : List.copyOf(lineages);
      pool = pool == null ? List.of() : List.copyOf(pool);
    }

    /** All lineages of the database. */
    public static Scope of(Path camp) {
      return new Scope(camp, null, List.of(), List.of());
    }

    /** Whether it is about the lineage. */
    boolean takes(String lineageId) {
      return lineages.isEmpty() || lineages.contains(lineageId);
    }
  }

  /**
   * When it is due, and for which lineages.
   *
   * @param cron minute, hour, day, month, weekday, on the clocks of {@code zone}
   * @param newScores how many current scores a lineage needs that are newer than its last run's
   *     start
   */
  public record When(String cron, String zone, int newScores) {
    DueTimes times() {
      return DueTimes.of(cron, zone);
    }
  }

  /**
   * What it may spend.
   *
   * @param runLimits one run at most
   * @param nightLimits all runs of one night together
   */
  public record Spending(Limits runLimits, Limits nightLimits) {
    public static final Spending FREE = new Spending(Limits.NONE, Limits.NONE);
  }

  /**
   * What may be done with the agents' prompts.
   *
   * @param asPlainPrompt whether agents that have tools or a flow are optimised without them
   * @param noDemonstrations whether examples stay out of new prompts
   */
  public record Prompting(boolean asPlainPrompt, boolean noDemonstrations) {
    public static final Prompting USUAL = new Prompting(false, false);
  }

  /**
   * What follows from sealed tests.
   *
   * @param acceptJudge whether a judge decides that agrees too little with people
   * @param leastEffect as in {@link RunPolicy}; null for the usual one
   * @param earlyStop whether a sealed test ends as soon as it is decided
   */
  public record Testing(boolean acceptJudge, @Nullable Double leastEffect, boolean earlyStop) {
    public static final Testing USUAL = new Testing(false, null, true);

    RunPolicy policy(boolean autoPromote) {
      return new RunPolicy(autoPromote, acceptJudge, false, usedLeastEffect(), earlyStop);
    }

    double usedLeastEffect() {
      return requireNonNullElse(leastEffect, RunPolicy.LEAST_EFFECT);
    }
  }
}
