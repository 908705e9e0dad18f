package dev.lightningbridge.optimize;

import java.nio.file.Path;
import java.util.Map;

/**
 * How a model is trained. What the trainers have beyond these is reached by {@code overrides}.
 *
 * @param model folder of the base model, as transformers write one
 * @param minScore the least score of an output that SFT imitates, or that DPO prefers
 * @param batch examples, or tasks, behind one step
 * @param rollouts outputs of the model for each task and step; RL alone
 * @param steps of the optimiser; 0 for three passes over the examples, which RL has none of
 * @param gpus of each machine; 0 trains on the CPU
 * @param nodes machines; more than one by RL alone
 * @param beta how strongly the model is kept near its base: DPO's beta, RL's KL coefficient
 * @param loraRank of the adapter that is trained; 0 trains all weights
 * @param maxTokens the longest example, prompt and output together; longer ones are cut
 * @param cpuTrial lets RL run without a GPU, to try it out and not to learn
 * @param overrides the trainer's own settings by name, over what follows from these
 */
public record TrainingSettings(
    Algorithm algorithm,
    Path model,
    int minScore,
    int batch,
    int rollouts,
    int steps,
    int gpus,
    int nodes,
    double learningRate,
    double beta,
    int loraRank,
    int maxTokens,
    boolean cpuTrial,
    Map<String, String> overrides) {
  public static final int MOST_BATCH = 4096;
  public static final int MOST_ROLLOUTS = 1024;
  public static final int MOST_STEPS = 1_000_000;
  public static final int MOST_GPUS = 1024;
  public static final int MOST_NODES = 1024;
  public static final int MOST_RANK = 1024;
  public static final int FEWEST_TOKENS = 16;
  public static final int MOST_TOKENS = 1_000_000;

  /** Checked before anything starts. */
  public TrainingSettings {
    require(minScore >= 1 && minScore <= 10, "a score is 1 to 10");
    require(batch >= 1 && batch <= MOST_BATCH, "a batch is 1 to 4096 examples");
    require(rollouts <= MOST_ROLLOUTS, "a task has at most 1024 rollouts");
    require(
        rollouts >= 1 && (algorithm != Algorithm.RL || rollouts >= 2),
        "RL compares at least 2 rollouts of a task");
    require(
        steps >= (algorithm == Algorithm.RL ? 1 : 0) && steps <= MOST_STEPS,
        "there are 1 to 1,000,000 steps");
    require(gpus <= 1 || algorithm == Algorithm.RL, "SFT and DPO train on one GPU at most");
    require(gpus >= 0 && nodes >= 1, "there are 0 or more GPUs and at least one machine");
    require(gpus <= MOST_GPUS && nodes <= MOST_NODES, "there are at most 1024 GPUs and machines");
    require(nodes == 1 || algorithm == Algorithm.RL, "only RL trains on more than one machine");
    require(learningRate > 0 && learningRate <= 1, "the learning rate is above 0 and at most 1");
    require(beta >= 0 && beta <= 10, "beta is 0 to 10");
    require(loraRank >= 0 && loraRank <= MOST_RANK, "the rank of an adapter is 0 to 1024");
    require(
        maxTokens >= FEWEST_TOKENS && maxTokens <= MOST_TOKENS,
        "an example has room for 16 to 1,000,000 tokens");
    overrides = Map.copyOf(overrides);
  }

  /** These with so many steps. */
  public TrainingSettings withSteps(int number) {
    return new TrainingSettings(
        algorithm,
        model,
        minScore,
        batch,
        rollouts,
        number,
        gpus,
        nodes,
        learningRate,
        beta,
        loraRank,
        maxTokens,
        cpuTrial,
        overrides);
  }

  private static void require(boolean holds, String rule) {
    if (!holds) {
      throw new IllegalArgumentException(rule);
    }
  }
}
