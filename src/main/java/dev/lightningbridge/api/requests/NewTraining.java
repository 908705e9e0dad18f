package dev.lightningbridge.api.requests;

import dev.lightningbridge.optimize.Algorithm;
import dev.lightningbridge.optimize.TrainingChoice;
import dev.lightningbridge.optimize.TrainingSettings;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A training that a client asks for, in place of a search for a prompt. What is left out has the
 * command line's default. The trainers' own settings are for the command line alone: some of them
 * run programs.
 */
@Schema(
    name = "NewTraining",
    additionalProperties = Schema.False.class,
    description =
        "Trains a model's weights, where a prompt is searched for otherwise. The trained model is"
            + " compared with its base on the sealed test tasks, both with the agent's prompt.",
    examples =
        """
        {"algorithm": "sft", "baseModel": "9be27d44513f1c0a", "minScore": 8, "steps": 60}
        """)
public record NewTraining(
    @Schema(
            description =
                "sft learns the outputs that people scored high, dpo which of two they preferred, rl"
                    + " from the grader's rewards.")
        @NotNull
        @Pattern(regexp = Algorithm.PATTERN)
        String algorithm,
    @Schema(
            description =
                "Id that GET /base-models lists, or the whole path of a model's folder below the"
                    + " server's folders of base models.",
            examples = "9be27d44513f1c0a")
        @NotNull
        @Size(min = 1, max = 4096)
        String baseModel,
    @Schema(
            description =
                "sft and dpo: the least score of an output that is learnt; 8 for sft, 1 for dpo.")
        @Min(1)
        @Max(10)
        @Nullable Integer minScore,
    @Schema(
            description =
                "Examples, or tasks, behind one step; " + TrainingChoice.BATCH + " otherwise.")
        @Min(1)
        @Max(TrainingSettings.MOST_BATCH)
        @Nullable Integer batch,
    @Schema(
            description =
                "rl: outputs for each task and step, at least 2; "
                    + TrainingChoice.ROLLOUTS
                    + " otherwise.")
        @Min(1)
        @Max(TrainingSettings.MOST_ROLLOUTS)
        @Nullable Integer rollouts,
    @Schema(description = "Of the optimiser; three passes over the examples otherwise, 100 of rl.")
        @Min(1)
        @Max(TrainingSettings.MOST_STEPS)
        @Nullable Integer steps,
    @Schema(
            description =
                "Of each machine, 0 is the CPU; what the server that is asked has otherwise, for sft"
                    + " and dpo at most 1.")
        @Min(0)
        @Max(TrainingSettings.MOST_GPUS)
        @Nullable Integer gpus,
    @Schema(description = "rl: machines of the trainer's Ray cluster; 1 otherwise.")
        @Min(1)
        @Max(TrainingSettings.MOST_NODES)
        @Nullable Integer nodes,
    @Schema(
            description =
                "2e-4 for sft, 2e-5 for dpo and 1e-5 for rl otherwise; a tenth where all weights are"
                    + " trained.")
        @DecimalMin(value = "0", inclusive = false)
        @DecimalMax("1")
        @Nullable Double learningRate,
    @Schema(
            description =
                "dpo and rl: how strongly the model is kept near its base; 0.1 for dpo, 0.001 for rl.")
        @DecimalMin("0")
        @DecimalMax("10")
        @Nullable Double beta,
    @Schema(description = "Of the adapter; 0 trains all weights. 16 otherwise, 0 for rl.")
        @Min(0)
        @Max(TrainingSettings.MOST_RANK)
        @Nullable Integer loraRank,
    @Schema(
            description =
                "The longest example, prompt and output together; longer ones are cut. "
                    + TrainingChoice.MAX_TOKENS
                    + " otherwise.")
        @Min(TrainingSettings.FEWEST_TOKENS)
        @Max(TrainingSettings.MOST_TOKENS)
        @Nullable Integer maxExampleTokens,
    @Schema(description = "rl without a GPU, to try it out; nothing useful is learnt.")
        @Nullable Boolean cpuTrial) {}
