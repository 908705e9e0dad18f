package dev.lightningbridge.optimize;

import dev.lightningbridge.dataset.Task;
import java.util.List;

/**
 * What an engine is asked to do. The sealed test tasks are not in it.
 *
 * @param seedPrompt the current prompt, verbatim
 * @param humanNotes what critics read beside the rollouts; empty where there is nothing or people's
 *     words are to be left out
 * @param guard what each new prompt must hold, and how long it may be
 * @param terms how the agent is called
 * @param seed all of the engine's randomness comes from it
 * @param means what it may use
 */
public record OptimizationJob(
    String runId,
    String seedPrompt,
    List<Task> train,
    List<Task> validation,
    List<HumanNote> humanNotes,
    ApoSettings settings,
    PromptGuard guard,
    CallTerms terms,
    long seed,
    SearchMeans means) {
  /** With letters of critic and editor alone, and what is usual of new prompts. */
  public OptimizationJob(
      String runId,
      String seedPrompt,
      List<Task> train,
      List<Task> validation,
      List<HumanNote> humanNotes,
      ApoSettings settings,
      long seed) {
    this(
        runId,
        seedPrompt,
        train,
        validation,
        humanNotes,
        settings,
        PromptGuard.of(seedPrompt, PromptRules.NONE),
        CallTerms.USUAL,
        seed,
        SearchMeans.LETTERS);
  }

  /** The same, with other means. */
  public OptimizationJob withMeans(SearchMeans other) {
    return new OptimizationJob(
        runId, seedPrompt, train, validation, humanNotes, settings, guard, terms, seed, other);
  }
}
