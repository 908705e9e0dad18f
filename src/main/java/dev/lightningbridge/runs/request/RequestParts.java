package dev.lightningbridge.runs.request;

import dev.lightningbridge.dataset.Pool;
import dev.lightningbridge.grading.ExternalGrader;
import dev.lightningbridge.optimize.ApoSettings;
import dev.lightningbridge.optimize.PromptRules;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The parts of an {@link OptimizeRequest}; its JSON document has their members side by side. */
public final class RequestParts {
  private RequestParts() {}

  /**
   * Which agent is to be optimised.
   *
   * @param camp the Training Camp database
   * @param sessionId the session's best lineage; or else {@code lineageId} names one
   * @param allowLocked whether a lineage that a person locked may be optimised
   * @param asPlainPrompt whether an agent that has tools or a flow may be optimised without them
   * @param includeOrphans whether what belongs to deleted sessions is taken in
   * @param pool ids of sessions whose inputs and scores are taken in too, or {@link Pool#SAME_NEED}
   */
  public record Subject(
      Path camp,
      @Nullable String sessionId,
      @Nullable String lineageId,
      boolean allowLocked,
      boolean asPlainPrompt,
      boolean includeOrphans,
      List<String> pool) {
    /** Of rows that were kept before there were pools, they are missing. */
    @SuppressWarnings("NullAway")
    public Subject {
      pool = pool == null ? List.of() : List.copyOf(pool);
    }

    Subject ofLineage(String lineage) {
      return new Subject(camp, null, lineage, false, asPlainPrompt, includeOrphans, pool);
    }

    /** As it is unless somebody says otherwise. */
    public static Subject of(Path camp, @Nullable String sessionId, @Nullable String lineageId) {
      return new Subject(camp, sessionId, lineageId, false, false, false, List.of());
    }
  }

  /**
   * Which models answer.
   *
   * @param models names of the endpoint's models by role ({@code worker}, {@code critic}, {@code
   *     editor}, {@code judge}); what is missing is the agent version's own
   * @param aliases a database's model names to the endpoint's
   * @param prices a file of prices beside the known ones; null where there is none
   */
  public record Answering(
      ModelAccess model,
      Map<String, String> models,
      Map<String, String> aliases,
      @Nullable Path prices) {
    private static final String CRITIC = "critic";

    /** Under the names that the database has. */
    public static Answering of(ModelAccess model) {
      return new Answering(model, Map.of(), Map.of(), null);
    }

    Answering withoutCritic() {
      Map<String, String> others = new HashMap<>(models);
      others.put(CRITIC, OptimizeRequest.NO_CRITIC);
      return new Answering(model, others, aliases, prices);
    }

    boolean hasCritic() {
      return !OptimizeRequest.NO_CRITIC.equals(models.get(CRITIC));
    }
  }

  /**
   * On which tasks.
   *
   * @param tasks a file of tasks to use beside the captured ones; null where there is none
   * @param onlyGivenTasks whether the captured ones stay out
   * @param synthesize how many synthetic tasks there are at the least; the model writes the rest
   * @param validationTasks at the most
   * @param splitSeed of the split into train, validation and sealed test; any but 0 opens another
   *     test set
   */
  public record OnTasks(
      @Nullable Path tasks,
      boolean onlyGivenTasks,
      int synthesize,
      int validationTasks,
      long splitSeed) {
    public static OnTasks of(
        @Nullable Path tasks, boolean onlyGivenTasks, SearchSettings settings) {
      return new OnTasks(
          tasks,
          onlyGivenTasks,
          settings.synthesize(),
          settings.validationTasks(),
          settings.splitSeed());
    }
  }

  /**
   * How a prompt is searched for.
   *
   * @param strategy how the Java engine searches
   * @param seed of the search's randomness
   * @param humanNotes whether people's comments and one-shot directives reach the critiques
   * @param noDemonstrations whether examples stay out of the prompt
   * @param rules what each new prompt must hold, and how long it may be
   */
  public record Searching(
      EngineChoice engine,
      SearchStrategy strategy,
      ApoSettings settings,
      long seed,
      boolean humanNotes,
      boolean noDemonstrations,
      PromptRules rules,
      @Nullable String candidate) {
    /** Of rows that were kept before there were rules, they are missing. */
    @SuppressWarnings("NullAway")
    public Searching {
      rules = rules == null ? PromptRules.NONE : rules;
    }

    /** Of a search. */
    public Searching(
        EngineChoice engine,
        SearchStrategy strategy,
        ApoSettings settings,
        long seed,
        boolean humanNotes,
        boolean noDemonstrations,
        PromptRules rules) {
      this(engine, strategy, settings, seed, humanNotes, noDemonstrations, rules, null);
    }

    public static Searching of(SearchSettings search, boolean noDemonstrations, PromptRules rules) {
      return new Searching(
          search.engine(),
          search.strategy(),
          search.settings(),
          search.seed(),
          search.humanNotes(),
          noDemonstrations,
          rules);
    }

    Searching withEngine(EngineChoice other) {
      return with(other, noDemonstrations, rules, candidate);
    }

    Searching withoutDemonstrations(boolean without) {
      return with(engine, without, rules, candidate);
    }

    Searching withRules(PromptRules others) {
      return with(engine, noDemonstrations, others, candidate);
    }

    Searching withCandidate(String prompt) {
      return with(engine, noDemonstrations, rules, prompt);
    }

    private Searching with(
        EngineChoice by, boolean without, PromptRules others, @Nullable String given) {
      return new Searching(by, strategy, settings, seed, humanNotes, without, others, given);
    }
  }

  /**
   * Who grades.
   *
   * @param grader auto, exact, contains, regex, json, judge or people
   * @param externalGrader grades in place of {@code grader}, outside of this program; null where
   *     none does
   */
  public record Grading(String grader, @Nullable ExternalGrader externalGrader) {}
}
