package dev.lightningbridge.optimize;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How somebody wants a model trained. What is left out is as usual for the algorithm: these are the
 * defaults of every door.
 *
 * @param steps three passes over the examples where left out; 100 for RL
 */
public record TrainingChoice(
    Algorithm algorithm,
    Path model,
    @Nullable Integer minScore,
    @Nullable Integer batch,
    @Nullable Integer rollouts,
    @Nullable Integer steps,
    @Nullable Integer gpus,
    @Nullable Integer nodes,
    @Nullable Double learningRate,
    @Nullable Double beta,
    @Nullable Integer loraRank,
    @Nullable Integer maxTokens,
    boolean cpuTrial,
    Map<String, String> overrides) {
  public static final int BATCH = 8;
  public static final int ROLLOUTS = 4;
  public static final int NODES = 1;
  public static final int MAX_TOKENS = 2048;
  private static final int RL_STEPS = 100;

  /**
   * The settings, nothing left open.
   *
   * @param found counts the GPUs of this machine; asked where it was not said how many to use
   * @throws IllegalArgumentException where they are out of bounds or do not go together
   */
  public TrainingSettings settings(IntSupplier found) {
    boolean rl = algorithm == Algorithm.RL;
    int rank = or(loraRank, rl ? 0 : 16);
    return new TrainingSettings(
        algorithm,
        model,
        or(minScore, algorithm == Algorithm.SFT ? 8 : 1),
        or(batch, BATCH),
        or(rollouts, ROLLOUTS),
        or(steps, rl ? RL_STEPS : 0),
        gpus == null ? usualGpus(found.getAsInt()) : gpus,
        or(nodes, NODES),
        learningRate == null ? usualRate(rank) : learningRate,
        beta == null ? (rl ? 0.001 : 0.1) : beta,
        rank,
        or(maxTokens, MAX_TOKENS),
        cpuTrial,
        overrides);
  }

  private int usualGpus(int found) {
    return algorithm == Algorithm.RL ? found : Math.min(1, found);
  }

  /** Adapters bear ten times the rate of whole models. */
  private double usualRate(int rank) {
    double adapter =
        switch (algorithm) {
          case SFT -> 2e-4;
          case DPO -> 2e-5;
          case RL -> 1e-5;
        };
    return rank > 0 ? adapter : adapter / 10;
  }

  private static int or(@Nullable Integer given, int usual) {
    return given == null ? usual : given;
  }
}
