package dev.lightningbridge.runs.request;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.lightningbridge.agent.AgentChoice;
import dev.lightningbridge.grading.ExternalGrader;
import dev.lightningbridge.grading.GraderChoice;
import dev.lightningbridge.lightning.RlTrainer;
import dev.lightningbridge.model.Limits;
import dev.lightningbridge.optimize.Algorithm;
import dev.lightningbridge.optimize.ApoSettings;
import dev.lightningbridge.optimize.PromptRules;
import dev.lightningbridge.optimize.TrainingSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a user asks for: one optimisation of one agent. In its JSON document the members of its
 * parts stand side by side, and what many read is read from the request itself.
 *
 * @param training how a model is trained; null where a prompt is searched for
 * @param agent which agent is run on the tasks
 * @param limits what it may spend
 */
public record OptimizeRequest(
    @JsonUnwrapped RequestParts.Subject subject,
    @JsonUnwrapped RequestParts.Answering answering,
    @JsonUnwrapped RequestParts.OnTasks onTasks,
    @JsonUnwrapped RequestParts.Searching searching,
    @JsonUnwrapped RequestParts.Grading grading,
    @Nullable TrainingSettings training,
    AgentChoice agent,
    Limits limits,
    RunPolicy policy) {
  /** Stands for the name of the critic's model where nobody writes critiques and edits. */
  public static final String NO_CRITIC = "none";

  /** Of rows that were kept before there was a choice, the agent is missing. */
  @SuppressWarnings("NullAway")
  public OptimizeRequest {
    agent = agent == null ? new AgentChoice.Prompt() : agent;
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
    return with(answering, searching, grading, choice);
  }

  /** The same request, graded so. */
  public OptimizeRequest gradedBy(String own, @Nullable ExternalGrader external) {
    return with(answering, searching, new RequestParts.Grading(own, external), agent);
  }

  /** The same request with these rules for new prompts. */
  public OptimizeRequest withRules(PromptRules others) {
    return with(answering, searching.withRules(others), grading, agent);
  }

  /** The same request to this engine. */
  public OptimizeRequest withEngine(EngineChoice other) {
    return with(answering, searching.withEngine(other), grading, agent);
  }

  /** The same request, with examples in the prompt or without. */
  public OptimizeRequest withoutDemonstrations(boolean without) {
    return with(answering, searching.withoutDemonstrations(without), grading, agent);
  }

  /**
   * The same request about this prompt: it is tested, and nothing is searched.
   *
   * @param prompt null where one is to be searched for
   */
  public OptimizeRequest withCandidate(@Nullable String prompt) {
    return prompt == null
        ? this
        : with(answering.withoutCritic(), searching.withCandidate(prompt), grading, agent);
  }

  /** The same request of this lineage; what follows from its test waits for a person. */
  public OptimizeRequest ofLineage(String lineage) {
    return new OptimizeRequest(
        subject.ofLineage(lineage),
        answering,
        onTasks,
        searching,
        grading,
        training,
        agent,
        limits,
        policy.waiting());
  }

  /** The same request, of which nobody writes critiques and edits. */
  public OptimizeRequest withoutCritic() {
    return with(answering.withoutCritic(), searching, grading, agent);
  }

  private OptimizeRequest with(
      RequestParts.Answering models,
      RequestParts.Searching search,
      RequestParts.Grading graders,
      AgentChoice choice) {
    return new OptimizeRequest(
        subject, models, onTasks, search, graders, training, choice, limits, policy);
  }

  /** Whether the sealed test waits for people. */
  public boolean decidedByPeople() {
    return externalGrader() == null && grader().equalsIgnoreCase(GraderChoice.PEOPLE.label());
  }

  /** Whether the models are simulated. */
  public boolean isSandbox() {
    return model() instanceof ModelAccess.Sandbox;
  }

  /** Whether a model writes critiques and edits. */
  public boolean hasCritic() {
    return answering.hasCritic();
  }

  public ModelUse modelUse() {
    return modelUse(List.of());
  }

  /** Of a run that trains a model: with its own, the base and the trained one. */
  public ModelUse modelUse(List<String> own) {
    return new ModelUse(
        model(), models(), answering.aliases(), answering.prices(), limits, seed(), own);
  }

  public Path camp() {
    return subject.camp();
  }

  public @Nullable String sessionId() {
    return subject.sessionId();
  }

  public @Nullable String lineageId() {
    return subject.lineageId();
  }

  public boolean allowLocked() {
    return subject.allowLocked();
  }

  public boolean asPlainPrompt() {
    return subject.asPlainPrompt();
  }

  public boolean includeOrphans() {
    return subject.includeOrphans();
  }

  public List<String> pool() {
    return subject.pool();
  }

  public ModelAccess model() {
    return answering.model();
  }

  public Map<String, String> models() {
    return answering.models();
  }

  public @Nullable Path tasks() {
    return onTasks.tasks();
  }

  public boolean onlyGivenTasks() {
    return onTasks.onlyGivenTasks();
  }

  public int synthesize() {
    return onTasks.synthesize();
  }

  public int validationTasks() {
    return onTasks.validationTasks();
  }

  public long splitSeed() {
    return onTasks.splitSeed();
  }

  public EngineChoice engine() {
    return searching.engine();
  }

  public SearchStrategy strategy() {
    return searching.strategy();
  }

  public ApoSettings settings() {
    return searching.settings();
  }

  public long seed() {
    return searching.seed();
  }

  public boolean humanNotes() {
    return searching.humanNotes();
  }

  public boolean noDemonstrations() {
    return searching.noDemonstrations();
  }

  /** The prompt that a person gave to be tested; null where one is searched for. */
  public @Nullable String candidate() {
    return searching.candidate();
  }

  public PromptRules rules() {
    return searching.rules();
  }

  public String grader() {
    return grading.grader();
  }

  public @Nullable ExternalGrader externalGrader() {
    return grading.externalGrader();
  }
}
