package dev.lightningbridge.optimize;

import dev.lightningbridge.agent.AgentChoice;
import dev.lightningbridge.dataset.Task;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a trainer is asked to do. The sealed test tasks are not in it, nor any output on them.
 *
 * @param workFolder of this run alone; keeps checkpoints and the trained weights
 * @param systemPrompt the agent's current prompt, verbatim
 * @param train what {@link Algorithm#RL} runs the model on; {@code validation} likewise, to measure
 *     it
 * @param examples what {@link Algorithm#SFT} and {@link Algorithm#DPO} learn from; null for RL
 * @param agent who plays the rollouts of {@link Algorithm#RL}
 * @param seed all of the trainer's randomness comes from it
 */
public record TrainingJob(
    String runId,
    TrainingSettings settings,
    Path workFolder,
    String systemPrompt,
    List<Task> train,
    List<Task> validation,
    @Nullable Examples examples,
    long seed,
    AgentChoice agent) {

  /**
   * Rows of the {@code sft} or {@code dpo} export, as JSON Lines.
   *
   * @param train of outputs on train inputs; {@code validation} on validation inputs, to measure
   *     the loss on; null where there are none
   */
  public record Examples(Path train, @Nullable Path validation) {}
}
