package dev.lightningbridge.runs.nights;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.lightningbridge.agent.AgentChoice;
import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.model.Limits;
import dev.lightningbridge.optimize.ApoSettings;
import dev.lightningbridge.optimize.PromptRules;
import dev.lightningbridge.runs.request.EngineChoice;
import dev.lightningbridge.runs.request.ModelAccess;
import dev.lightningbridge.runs.request.OptimizeRequest;
import dev.lightningbridge.runs.request.RequestParts;
import dev.lightningbridge.runs.request.RunError;
import dev.lightningbridge.runs.request.SearchChoice;
import dev.lightningbridge.runs.request.SearchSettings;
import dev.lightningbridge.runs.request.SearchStrategy;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A standing order: at the times that it names, optimise the lineages of a database that people
 * have scored since their last run, within a budget.
 *
 * @param name for people
 * @param enabled whether its times count; a disabled one can still be run by hand
 * @param autoPromote writes winners into the database where the verdict is PROMOTE; else their
 *     proposals wait
 * @param label the kind of server that its runs need; null where any may run them
 */
public record Schedule(
    String id,
    String name,
    boolean enabled,
    @JsonUnwrapped ScheduleParts.Scope scope,
    @JsonUnwrapped ScheduleParts.When when,
    Search search,
    Model model,
    @JsonUnwrapped ScheduleParts.Spending spending,
    boolean autoPromote,
    @Nullable String label) {
  /**
   * How to search; as in {@link OptimizeRequest}.
   *
   * @param grader one of our own, or the name of one that the server's configuration offers
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
      @JsonUnwrapped ScheduleParts.Testing testing,
      @JsonUnwrapped ScheduleParts.Prompting prompting,
      @Nullable String agent,
      PromptRules rules) {
    public static final Search DEFAULT =
        of(
            SearchChoice.USUAL.settings(),
            ScheduleParts.Testing.USUAL,
            ScheduleParts.Prompting.USUAL,
            null);

    /** Of schedules that were kept before there were rules, they are missing. */
    @SuppressWarnings("NullAway")
    public Search {
      rules = requireNonNullElse(rules, PromptRules.NONE);
    }

    /** With what a schedule alone decides. */
    public static Search of(
        SearchSettings search,
        ScheduleParts.Testing testing,
        ScheduleParts.Prompting prompting,
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
          testing,
          prompting,
          agent,
          PromptRules.NONE);
    }

    /** This search, with another least effect, null for the usual one, and end of the test. */
    public Search withTest(@Nullable Double least, boolean early) {
      return with(new ScheduleParts.Testing(testing.acceptJudge(), least, early), prompting, rules);
    }

    /** This search, of agents that have tools or a flow too or not. */
    public Search withPlainPrompts(boolean also) {
      return with(testing, new ScheduleParts.Prompting(also, prompting.noDemonstrations()), rules);
    }

    /** This search, with these rules for new prompts. */
    public Search withRules(PromptRules other) {
      return with(testing, prompting, other);
    }

    private Search with(
        ScheduleParts.Testing newTesting,
        ScheduleParts.Prompting newPrompting,
        PromptRules newRules) {
      return new Search(
          engine,
          strategy,
          grader,
          settings,
          validationTasks,
          synthesize,
          seed,
          humanNotes,
          newTesting,
          newPrompting,
          agent,
          newRules);
    }

    private RequestParts.Searching asked() {
      return new RequestParts.Searching(
          engine, strategy, settings, seed, humanNotes, prompting.noDemonstrations(), rules);
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

  /** The same, about these lineages. */
  public Schedule withScope(ScheduleParts.Scope other) {
    return new Schedule(
        id, name, enabled, other, when, search, model, spending, autoPromote, label);
  }

  /**
   * Says what of it cannot be.
   *
   * @throws BridgeException at the first such thing
   */
  void check() {
    when.times();
    require(!id.isBlank() && !name.isBlank(), "it needs an id and a name", "id, name");
    require(camp().isAbsolute(), "the database's path is not absolute", camp().toString());
    require(
        when.newScores() >= 1, "it needs at least 1 new score", "newScores " + when.newScores());
    require(search.validationTasks() >= 1, "there must be validation tasks", "validationTasks");
    double least = search.testing().usedLeastEffect();
    require(least >= 0 && least <= 1, "the least effect is not 0 to 1", "leastEffect " + least);
    require(search.synthesize() >= 0, "there cannot be fewer than 0 tasks", "synthesize");
  }

  private static void require(boolean good, String what, String where) {
    if (!good) {
      throw new BridgeException(RunError.SCHEDULE_INVALID, what, where, "Change it and try again.");
    }
  }

  public Path camp() {
    return scope.camp();
  }

  /** A run of one of its lineages. */
  public OptimizeRequest request(
      String lineageId, Limits limits, ModelAccess access, @Nullable Path prices) {
    return new OptimizeRequest(
        new RequestParts.Subject(
            camp(),
            null,
            lineageId,
            false,
            search.prompting().asPlainPrompt(),
            false,
            scope.pool()),
        new RequestParts.Answering(access, model.names(), model.aliases(), prices),
        new RequestParts.OnTasks(null, false, search.synthesize(), search.validationTasks(), 0),
        search.asked(),
        new RequestParts.Grading(search.grader(), null),
        null,
        new AgentChoice.Prompt(),
        limits,
        search.testing().policy(autoPromote));
  }
}
