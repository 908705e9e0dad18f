package dev.lightningbridge.runs.nights;

import static java.util.Objects.requireNonNullElse;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.model.Limits;
import dev.lightningbridge.optimize.ApoSettings;
import dev.lightningbridge.optimize.PromptRules;
import dev.lightningbridge.runs.request.EngineChoice;
import dev.lightningbridge.runs.request.ModelAccess;
import dev.lightningbridge.runs.request.OptimizeRequest;
import dev.lightningbridge.runs.request.RunError;
import dev.lightningbridge.runs.request.SearchChoice;
import dev.lightningbridge.runs.request.SearchSettings;
import dev.lightningbridge.runs.request.SearchStrategy;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A standing order: at the times that it names, optimise the lineages of a database that people
 * have scored since their last run, within a budget.
 *
 * @param name for people
 * @param enabled whether its times count; a disabled one can still be run by hand
 * @param sessionId only this session; null for all of the database
 * @param cron minute, hour, day, month, weekday, on the clocks of {@code zone}
 * @param newScores how many current scores a lineage needs that are newer than its last run's start
 * @param runLimits what one run may spend at most
 * @param nightLimits what all runs of one night may spend together
 * @param autoPromote writes winners into the database where the verdict is PROMOTE; else their
 *     proposals wait
 * @param label the kind of server that its runs need; null where any may run them
 * @param lineages ids of those that it is about; empty for all of the session or database
 */
public record Schedule(
    String id,
    String name,
    boolean enabled,
    Path camp,
    @Nullable String sessionId,
    String cron,
    String zone,
    int newScores,
    Search search,
    Model model,
    Limits runLimits,
    Limits nightLimits,
    boolean autoPromote,
    @Nullable String label,
    List<String> lineages) {
  /** Of schedules that were kept before they could name lineages, these are missing. */
  @SuppressWarnings("NullAway")
  public Schedule {
    lineages = lineages == null ? List.of() : List.copyOf(lineages);
  }

  /** Of all lineages. */
  public Schedule(
      String id,
      String name,
      boolean enabled,
      Path camp,
      @Nullable String sessionId,
      String cron,
      String zone,
      int newScores,
      Search search,
      Model model,
      Limits runLimits,
      Limits nightLimits,
      boolean autoPromote,
      @Nullable String label) {
    this(
        id,
        name,
        enabled,
        camp,
        sessionId,
        cron,
        zone,
        newScores,
        search,
        model,
        runLimits,
        nightLimits,
        autoPromote,
        label,
        List.of());
  }

  /** Whether it is about the lineage. */
  boolean takes(String lineageId) {
    return lineages.isEmpty() || lineages.contains(lineageId);
  }

  /**
   * How to search; as in {@link OptimizeRequest}.
   *
   * @param grader one of our own, or the name of one that the server's configuration offers
   * @param acceptJudge whether a judge decides that agrees too little with people
   * @param leastEffect as in {@link OptimizeRequest.Policy}; null for the usual one
   * @param earlyStop whether a sealed test ends as soon as it is decided
   * @param asPlainPrompt whether agents that have tools or a flow are optimised without them
   * @param agent the name of an agent of the server's configuration; null for prompts alone
   * @param rules what each new prompt must hold, and how long it may be
   */
  public record Search(
      EngineChoice engine,
      SearchStrategy strategy,
      String grader,
      ApoSettings settings,
      int validationTasks,
      int synthesize,
      long seed,
      boolean humanNotes,
      boolean acceptJudge,
      @Nullable Double leastEffect,
      boolean earlyStop,
      boolean asPlainPrompt,
      @Nullable String agent,
      PromptRules rules) {
    /** Of schedules that were kept before there were rules, they are missing. */
    @SuppressWarnings("NullAway")
    public Search {
      rules = requireNonNullElse(rules, PromptRules.NONE);
    }

    public static final Search DEFAULT =
        of(SearchChoice.USUAL.settings(), false, null, true, false, null);

    /** With what a schedule alone decides. */
    public static Search of(
        SearchSettings search,
        boolean acceptJudge,
        @Nullable Double leastEffect,
        boolean earlyStop,
        boolean asPlainPrompt,
        @Nullable String agent) {
      return new Search(
          search.engine(),
          search.strategy(),
          search.grader(),
          search.settings(),
          search.validationTasks(),
          search.synthesize(),
          search.seed(),
          search.humanNotes(),
          acceptJudge,
          leastEffect,
          earlyStop,
          asPlainPrompt,
          agent,
          PromptRules.NONE);
    }

    double usedLeastEffect() {
      return requireNonNullElse(leastEffect, OptimizeRequest.Policy.LEAST_EFFECT);
    }

    /** This search, with another least effect, null for the usual one, and end of the test. */
    public Search withTest(@Nullable Double least, boolean early) {
      return with(least, early, asPlainPrompt, rules);
    }

    /** This search, of agents that have tools or a flow too or not. */
    public Search withPlainPrompts(boolean also) {
      return with(leastEffect, earlyStop, also, rules);
    }

    /** This search, with these rules for new prompts. */
    public Search withRules(PromptRules other) {
      return with(leastEffect, earlyStop, asPlainPrompt, other);
    }

    private Search with(
        @Nullable Double least, boolean early, boolean plainPrompts, PromptRules newRules) {
      return new Search(
          engine,
          strategy,
          grader,
          settings,
          validationTasks,
          synthesize,
          seed,
          humanNotes,
          acceptJudge,
          least,
          early,
          plainPrompts,
          agent,
          newRules);
    }
  }

  /**
   * Which models answer.
   *
   * @param sandbox the simulated model; else the endpoint that the server's configuration names
   * @param sandboxSeed of the simulated model
   * @param names of the endpoint's models by role, as in {@link OptimizeRequest}
   */
  public record Model(
      boolean sandbox, long sandboxSeed, Map<String, String> names, Map<String, String> aliases) {}

  /** When it is due. */
  DueTimes times() {
    return DueTimes.of(cron, zone);
  }

  /**
   * Says what of it cannot be.
   *
   * @throws BridgeException at the first such thing
   */
  void check() {
    times();
    require(!id.isBlank() && !name.isBlank(), "it needs an id and a name", "id, name");
    require(camp.isAbsolute(), "the database's path is not absolute", camp.toString());
    require(newScores >= 1, "it needs at least 1 new score", "newScores " + newScores);
    require(search.validationTasks() >= 1, "there must be validation tasks", "validationTasks");
    double least = search.usedLeastEffect();
    require(least >= 0 && least <= 1, "the least effect is not 0 to 1", "leastEffect " + least);
    require(search.synthesize() >= 0, "there cannot be fewer than 0 tasks", "synthesize");
  }

  private static void require(boolean good, String what, String where) {
    if (!good) {
      throw new BridgeException(RunError.SCHEDULE_INVALID, what, where, "Change it and try again.");
    }
  }

  /** A run of one of its lineages. */
  public OptimizeRequest request(
      String lineageId, Limits limits, ModelAccess access, @Nullable Path prices) {
    return new OptimizeRequest(
            camp,
            null,
            lineageId,
            search.engine(),
            search.strategy(),
            access,
            model.names(),
            model.aliases(),
            prices,
            null,
            search.synthesize(),
            search.grader(),
            search.settings(),
            search.validationTasks(),
            search.seed(),
            limits,
            new OptimizeRequest.Policy(
                autoPromote,
                search.acceptJudge(),
                false,
                search.usedLeastEffect(),
                search.earlyStop()),
            search.humanNotes(),
            false,
            search.asPlainPrompt(),
            false,
            null,
            0)
        .withRules(search.rules());
  }
}
