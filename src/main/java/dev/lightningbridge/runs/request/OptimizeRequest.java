package dev.lightningbridge.runs.request;

import dev.lightningbridge.agent.AgentChoice;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.grading.ExternalGrader;
import dev.lightningbridge.grading.GraderChoice;
import dev.lightningbridge.lightning.RlTrainer;
import dev.lightningbridge.model.Limits;
import dev.lightningbridge.optimize.Algorithm;
import dev.lightningbridge.optimize.ApoSettings;
import dev.lightningbridge.optimize.PromptRules;
import dev.lightningbridge.optimize.TrainingSettings;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a user asks for: one optimisation of one agent.
 *
 * @param camp the Training Camp database
 * @param sessionId optimises the session's best lineage; or else {@code lineageId} names one
 * @param strategy how the Java engine searches
 * @param tasks a file of tasks to use beside the captured ones; null where there is none
 * @param onlyGivenTasks whether the captured ones stay out
 * @param synthesize how many synthetic tasks there are at the least; the model writes the rest
 * @param grader auto, exact, contains, regex, json, judge or people
 * @param externalGrader grades in place of {@code grader}, outside of this program; null where none
 *     does
 * @param models names of the endpoint's models by role ({@code worker}, {@code critic}, {@code
 *     editor}, {@code judge}); what is missing is the agent version's own
 * @param aliases a database's model names to the endpoint's
 * @param humanNotes whether people's comments and one-shot directives reach the critiques
 * @param splitSeed of the split into train, validation and sealed test; any but 0 opens another
 *     test set, and {@code seed} moves the search alone
 * @param allowLocked whether a lineage that a person locked may be optimised
 * @param asPlainPrompt whether an agent that has tools or a flow may be optimised without them
 * @param training how a model is trained; null where a prompt is searched for
 * @param agent which agent is run on the tasks
 * @param noDemonstrations whether examples stay out of the prompt
 * @param rules what each new prompt must hold, and how long it may be
 */
public record OptimizeRequest(
    Path camp,
    @Nullable String sessionId,
    @Nullable String lineageId,
    EngineChoice engine,
    SearchStrategy strategy,
    ModelAccess model,
    Map<String, String> models,
    Map<String, String> aliases,
    @Nullable Path prices,
    @Nullable Path tasks,
    boolean onlyGivenTasks,
    int synthesize,
    String grader,
    ApoSettings settings,
    int validationTasks,
    long seed,
    Limits limits,
    Policy policy,
    boolean humanNotes,
    boolean allowLocked,
    boolean asPlainPrompt,
    boolean includeOrphans,
    @Nullable TrainingSettings training,
    long splitSeed,
    AgentChoice agent,
    @Nullable ExternalGrader externalGrader,
    boolean noDemonstrations,
    PromptRules rules) {
  /** Stands for the name of the critic's model where nobody writes critiques and edits. */
  public static final String NO_CRITIC = "none";

  private static final String CRITIC = "critic";

  /** Of rows that were kept before there was a choice, the agent or the rules are missing. */
  @SuppressWarnings("NullAway")
  public OptimizeRequest {
    agent = agent == null ? new AgentChoice.Prompt() : agent;
    rules = rules == null ? PromptRules.NONE : rules;
  }

  /** With the agent that is its prompt, and a grader of our own. */
  public OptimizeRequest(
      Path camp,
      @Nullable String sessionId,
      @Nullable String lineageId,
      EngineChoice engine,
      SearchStrategy strategy,
      ModelAccess model,
      Map<String, String> models,
      Map<String, String> aliases,
      @Nullable Path prices,
      @Nullable Path tasks,
      int synthesize,
      String grader,
      ApoSettings settings,
      int validationTasks,
      long seed,
      Limits limits,
      Policy policy,
      boolean humanNotes,
      boolean allowLocked,
      boolean asPlainPrompt,
      boolean includeOrphans,
      @Nullable TrainingSettings training,
      long splitSeed) {
    this(
        camp,
        sessionId,
        lineageId,
        engine,
        strategy,
        model,
        models,
        aliases,
        prices,
        tasks,
        false,
        synthesize,
        grader,
        settings,
        validationTasks,
        seed,
        limits,
        policy,
        humanNotes,
        allowLocked,
        asPlainPrompt,
        includeOrphans,
        training,
        splitSeed,
        new AgentChoice.Prompt(),
        null,
        false,
        PromptRules.NONE);
  }

  /**
   * The agent that is run. For RL the trainer's settings that begin with {@code agent.} name one
   * too, as they alone did in the release before.
   */
  public AgentChoice usedAgent() {
    return training != null && training.algorithm() == Algorithm.RL && agent.isPrompt()
        ? RlTrainer.agent(training)
        : agent;
  }

  /** The same request with this agent. */
  public OptimizeRequest withAgent(AgentChoice choice) {
    return copy(
        engine, models, grader, choice, externalGrader, onlyGivenTasks, noDemonstrations, rules);
  }

  /** The same request, graded by this grader; null for one of our own. */
  public OptimizeRequest withExternalGrader(@Nullable ExternalGrader external) {
    return gradedBy(grader, external);
  }

  public OptimizeRequest gradedBy(String own, @Nullable ExternalGrader external) {
    return copy(engine, models, own, agent, external, onlyGivenTasks, noDemonstrations, rules);
  }

  /** The same request, with the captured inputs or without. */
  public OptimizeRequest withOnlyGivenTasks(boolean only) {
    return copy(engine, models, grader, agent, externalGrader, only, noDemonstrations, rules);
  }

  /** Whether the sealed test waits for people. */
  public boolean decidedByPeople() {
    return externalGrader == null && grader.equalsIgnoreCase(GraderChoice.PEOPLE.label());
  }

  /** The same request with these rules for new prompts. */
  public OptimizeRequest withRules(PromptRules other) {
    return copy(
        engine, models, grader, agent, externalGrader, onlyGivenTasks, noDemonstrations, other);
  }

  /** Whether the models are simulated. */
  public boolean isSandbox() {
    return model instanceof ModelAccess.Sandbox;
  }

  public ModelUse modelUse() {
    return new ModelUse(model, models, aliases, prices, limits, seed);
  }

  /** Of a run that trains a model: with its own, the base and the trained one. */
  public ModelUse modelUse(List<String> own) {
    return new ModelUse(model, models, aliases, prices, limits, seed, own);
  }

  /** The same request to this engine. */
  public OptimizeRequest withEngine(EngineChoice other) {
    return copy(
        other, models, grader, agent, externalGrader, onlyGivenTasks, noDemonstrations, rules);
  }

  /** The same request, with examples in the prompt or without. */
  public OptimizeRequest withoutDemonstrations(boolean without) {
    return copy(engine, models, grader, agent, externalGrader, onlyGivenTasks, without, rules);
  }

  /** The same request, of which nobody writes critiques and edits. */
  public OptimizeRequest withoutCritic() {
    Map<String, String> others = new HashMap<>(models);
    others.put(CRITIC, NO_CRITIC);
    return copy(
        engine, others, grader, agent, externalGrader, onlyGivenTasks, noDemonstrations, rules);
  }

  /** Whether a model writes critiques and edits. */
  public boolean hasCritic() {
    return !NO_CRITIC.equals(models.get(CRITIC));
  }

  private OptimizeRequest copy(
      EngineChoice otherEngine,
      Map<String, String> otherModels,
      String ownGrader,
      AgentChoice otherAgent,
      @Nullable ExternalGrader otherGrader,
      boolean givenTasksAlone,
      boolean noExamples,
      PromptRules otherRules) {
    return new OptimizeRequest(
        camp,
        sessionId,
        lineageId,
        otherEngine,
        strategy,
        model,
        otherModels,
        aliases,
        prices,
        tasks,
        givenTasksAlone,
        synthesize,
        ownGrader,
        settings,
        validationTasks,
        seed,
        limits,
        policy,
        humanNotes,
        allowLocked,
        asPlainPrompt,
        includeOrphans,
        training,
        splitSeed,
        otherAgent,
        otherGrader,
        noExamples,
        otherRules);
  }

  /**
   * What follows from the sealed test.
   *
   * @param autoPromote promotes where the verdict is PROMOTE
   * @param acceptJudge lets a judge decide that does not agree with people's scores
   * @param noRegression holds where a group of tasks got significantly worse
   * @param leastEffect holds where the mean reward gains less, 0 to 1
   * @param earlyStop ends the test as soon as it is decided
   */
  public record Policy(
      boolean autoPromote,
      boolean acceptJudge,
      boolean noRegression,
      double leastEffect,
      boolean earlyStop) {
    public static final double LEAST_EFFECT = 0.02;

    /** A proposal waits for a person's decision. */
    public static final Policy DEFAULT = new Policy(false, false, false, LEAST_EFFECT, true);

    /**
     * Whether the sealed test may end early; not where losses in groups are looked for, which may
     * show up to the last task.
     */
    public boolean endsEarly(List<Task> sealed) {
      return earlyStop && !noRegression && sealed.stream().allMatch(task -> task.tag() == null);
    }
  }
}
