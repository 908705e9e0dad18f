package dev.lightningbridge.cli.options;

import dev.lightningbridge.lightning.Gpus;
import dev.lightningbridge.optimize.Algorithm;
import dev.lightningbridge.optimize.TrainingChoice;
import dev.lightningbridge.optimize.TrainingSettings;
import dev.lightningbridge.runs.request.AskedRun;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How to train a model, where it is not a prompt that is optimised. */
public final class TrainingOptions implements OptionSections.Headed {
  @Option(
      names = "--algorithm",
      paramLabel = "NAME",
      defaultValue = AskedRun.PROMPT,
      description =
          "prompt, or a training of the model's weights: sft, dpo or rl (default:"
              + " ${DEFAULT-VALUE}).")
  String algorithm = AskedRun.PROMPT;

  @Option(
      names = "--base-model",
      paramLabel = "DIR",
      description = "Folder of the model to start from, as transformers writes it.")
  @Nullable Path baseModel;

  @Option(
      names = "--min-score",
      paramLabel = "N",
      description =
          "By sft and dpo: the least score of an output that is learnt (default: 8 for"
              + " sft, 1 for dpo, which goes by differences).")
  @Nullable Integer minScore;

  @Option(
      names = "--batch",
      paramLabel = "N",
      description = "Examples, or tasks, behind one step (default: " + TrainingChoice.BATCH + ").")
  @Nullable Integer batch;

  @Option(
      names = "--train-rollouts",
      paramLabel = "N",
      description =
          "By rl: outputs for each task and step (default: " + TrainingChoice.ROLLOUTS + ").")
  @Nullable Integer rollouts;

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "Steps of the optimiser (default: three passes over the examples; 100 for rl).")
  @Nullable Integer steps;

  @Option(
      names = "--gpus",
      paramLabel = "N",
      description =
          "GPUs of each machine; 0 is the CPU (default: what nvidia-smi lists, for sft"
              + " and dpo at most 1).")
  @Nullable Integer gpus;

  @Option(
      names = "--nodes",
      paramLabel = "N",
      description = "By rl: machines (default: " + TrainingChoice.NODES + ").")
  @Nullable Integer nodes;

  @Option(
      names = "--learning-rate",
      paramLabel = "X",
      description =
          "Size of a step (default: 2e-4 for sft, 2e-5 for dpo, a tenth where all weights are trained;"
              + " 1e-6 for rl).")
  @Nullable Double learningRate;

  @Option(
      names = "--beta",
      paramLabel = "X",
      description =
          "By dpo and rl: how strongly the model is kept near its base (default: 0.1;"
              + " 0.001 for rl).")
  @Nullable Double beta;

  @Option(
      names = "--lora-rank",
      paramLabel = "N",
      description =
          "Rank of the adapter that is trained; 0 trains all weights (default: 16; 0 for rl).")
  @Nullable Integer loraRank;

  @Option(
      names = "--max-example-tokens",
      paramLabel = "N",
      description =
          "The longest example, prompt and output together; longer ones are cut"
              + " (default: "
              + TrainingChoice.MAX_TOKENS
              + ").")
  @Nullable Integer maxTokens;

  @Option(
      names = "--cpu-trial",
      description = "By rl without a GPU, to try it out; nothing useful is learnt.")
  boolean cpuTrial;

  @Option(
      names = "--trainer-override",
      paramLabel = "KEY=VALUE",
      description =
          "A setting of the trainer's own, such as warmup_steps=10 or lora.lora_dropout=0.1;"
              + " may be repeated.")
  Map<String, String> overrides = new HashMap<>();

  @Override
  public String heading() {
    return "Training, instead of a search for a prompt";
  }

  public boolean isTraining() {
    return !algorithm.equalsIgnoreCase(AskedRun.PROMPT);
  }

  /** What is done. */
  public AskedRun.Work work() {
    return AskedRun.Work.of(isTraining() ? chosen() : null);
  }

  /** Null where a prompt is optimised. */
  public @Nullable TrainingSettings settings() {
    if (!isTraining()) {
      return null;
    }
    Algorithm chosen = chosen();
    if (baseModel == null) {
      throw CliError.option("it was not said which model to train", "--base-model");
    }
    try {
      return new TrainingChoice(
              chosen,
              baseModel.toAbsolutePath().normalize(),
              minScore,
              batch,
              rollouts,
              steps,
              gpus,
              nodes,
              learningRate,
              beta,
              loraRank,
              maxTokens,
              cpuTrial,
              overrides)
          .settings(() -> Gpus.found().size());
    } catch (IllegalArgumentException e) {
      throw CliError.option(String.valueOf(e.getMessage()), "the training's settings");
    }
  }

  private Algorithm chosen() {
    try {
      return Algorithm.named(algorithm);
    } catch (IllegalArgumentException e) {
      throw CliError.option(String.valueOf(e.getMessage()), "--algorithm");
    }
  }
}
