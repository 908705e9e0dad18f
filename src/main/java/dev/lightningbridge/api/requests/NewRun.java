package dev.lightningbridge.api.requests;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lightningbridge.model.sandbox.JudgeHabit;
import dev.lightningbridge.runs.nights.NamedGraders;
import dev.lightningbridge.runs.request.EngineChoice;
import dev.lightningbridge.runs.request.SearchStrategy;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks for: one optimisation of one agent. What is left out has the command line's
 * default.
 */
@Schema(
    name = "NewRun",
    additionalProperties = Schema.False.class,
    description = "One optimisation of one agent, by session or by lineage.",
    examples =
        """
        {"database": "3f1c0a9be27d4451", "sessionId": "s1", "model": {"sandbox": {"seed": 7}},
         "engine": "java", "limits": {"calls": 400}}
        """)
public record NewRun(
    @Schema(
            description =
                "Id that GET /databases lists, or the whole path of a file in an allowed folder.",
            examples = "3f1c0a9be27d4451")
        @NotNull
        @Size(min = 1, max = 4096)
        String database,
    @Schema(description = "Optimises the session's best lineage; or else lineageId names one.")
        @Size(min = 1, max = 200)
        @Nullable String sessionId,
    @Size(min = 1, max = 200) @Nullable String lineageId,
    @Schema(
            description =
                "Which model answers, and judges. A training may do without where a rule grades its"
                    + " tasks; with neither the model is trained, kept and held.")
        @Valid
        @Nullable Model model,
    @Schema(description = "Trains a model in place of the search for a prompt.") @Valid
        @Nullable NewTraining training,
    @Pattern(regexp = EngineChoice.PATTERN) @Nullable String engine,
    @Schema(description = "How the Java engine searches.") @Pattern(regexp = SearchStrategy.PATTERN)
        @Nullable String strategy,
    @Schema(
            description =
                "auto, exact, contains, regex, json, judge, people, or the name of one that the server's"
                    + " configuration offers.")
        @Pattern(regexp = NamedGraders.PATTERN)
        @Nullable String grader,
    @Schema(description = "Tasks beside the captured inputs.") @Size(max = 10_000)
        @Nullable List<@Valid @NotNull NewTask> tasks,
    @Schema(
            description =
                "Tasks as the text of a file of them, instead of tasks: JSON Lines, a JSON list, or"
                    + " CSV with a header.")
        @Size(min = 1, max = 8_000_000)
        @Nullable String tasksText,
    @Schema(description = "Whole path of a file of tasks in an allowed folder, instead of tasks.")
        @Size(min = 1, max = 4096)
        @Nullable String tasksFile,
    @Schema(
            description =
                "Leaves the captured inputs out: the run has the given tasks and the session's test"
                    + " cases alone.")
        @Nullable Boolean onlyGivenTasks,
    @Schema(
            description =
                "Keeps examples out of the prompt; else the Java engine may put train tasks with"
                    + " their expected outputs, and outputs scored 8 or more, into it.")
        @Nullable Boolean noDemonstrations,
    @Schema(description = "Has the model write inputs until there are so many synthetic ones.")
        @Min(0)
        @Max(1000)
        @Nullable Integer synthesize,
    @Valid @Nullable Search search,
    @Schema(description = "Of the search's randomness.") @Min(-NewRun.SAFE) @Max(NewRun.SAFE)
        @Nullable Long seed,
    @Schema(
            description =
                "Another split than the session's own: it opens a new test set, and what was sealed"
                    + " before stays out of the search.")
        @Min(-NewRun.SAFE)
        @Max(NewRun.SAFE)
        @Nullable Long splitSeed,
    @Valid @Nullable RunLimits limits,
    @Schema(description = "Writes the winner into the database where the verdict is PROMOTE.")
        @Nullable Boolean autoPromote,
    @Schema(description = "Lets a judge decide that agrees too little with people.")
        @Nullable Boolean acceptJudge,
    @Schema(
            description =
                "Holds where a group of tasks got significantly worse, or worse and is too small to"
                    + " tell.")
        @Nullable Boolean noRegression,
    @Schema(description = "Holds where the mean reward gains less, 0 to 1; 0.02 if left out.")
        @DecimalMin("0")
        @DecimalMax("1")
        @Nullable Double leastEffect,
    @Schema(
            description =
                "Ends the sealed test as soon as it is decided, but not with noRegression nor where"
                    + " tasks have tags; true unless said otherwise.")
        @Nullable Boolean earlyStop,
    @Schema(description = "Shows people's comments to the critic; true unless said otherwise.")
        @Nullable Boolean humanNotes,
    @Schema(description = "With sessionId: considers locked lineages too.")
        @Nullable Boolean allowLocked,
    @Schema(
            description =
                "Optimises an agent that has tools or a flow without them, its prompt alone; else"
                    + " it is refused.")
        @Nullable Boolean asPlainPrompt,
    @Schema(description = "Takes in what belongs to sessions that were deleted.")
        @Nullable Boolean includeOrphans,
    @Schema(description = "Higher ones run first.") @Min(-1000) @Max(1000)
        @Nullable Integer priority,
    @Schema(description = "The kind of server that may run it.") @Size(min = 1, max = 100)
        @Nullable String label,
    @Schema(
            description =
                "Name of an agent of the server's configuration that runs the tasks with the"
                    + " prompt; else the prompt is sent to the model alone.")
        @Size(min = 1, max = 100)
        @Nullable String agent,
    @Schema(
            description =
                "Regular expressions: a line of the current prompt in which one is found stands in"
                    + " every new prompt.")
        @Size(max = 100)
        @Nullable List<@NotNull @Size(min = 1, max = 1000) String> keep,
    @Schema(
            description =
                "The most tokens of a new prompt; four times the current one's and at least 1,000"
                    + " if left out.")
        @Min(1)
        @Max(1_000_000)
        @Nullable Integer maxPromptTokens,
    @Schema(
            description =
                "Searches also where the current prompt gets no reward on any task; else the run is"
                    + " held.")
        @Nullable Boolean goOnAtZero,
    @Schema(
            description =
                "Searches for nothing: this prompt, such as one that a person edited, is tested on"
                    + " the sealed tasks.")
        @Size(min = 1, max = 200_000)
        @Nullable String candidate,
    @Schema(description = POOL) @Size(max = 100)
        @Nullable List<@NotNull @Size(min = 1, max = 200) String> pool) {
  static final String POOL =
      "Ids of sessions of the database whose inputs and scores are taken in too, or same-need: those"
          + " of all sessions whose need is the same text.";

  /** The integers that every JSON reader keeps whole. */
  public static final long SAFE = 9_007_199_254_740_991L;

  private static final String NAME = "Name of the endpoint's model";

  /** Which model answers; exactly one of the two. */
  @Schema(
      additionalProperties = Schema.False.class,
      description = "Which model answers: exactly one of the two. It is never guessed.")
  public record Model(@Valid @Nullable Sandbox sandbox, @Valid @Nullable Endpoint endpoint) {}

  /** The simulated model. */
  @Schema(
      additionalProperties = Schema.False.class,
      description = "The simulated model: free, no network; its figures prove the pipeline only.")
  public record Sandbox(
      @Min(-SAFE) @Max(SAFE) @Nullable Long seed,
      @Schema(description = "Milliseconds that a call takes.") @Min(0) @Max(60_000)
          @Nullable Integer latencyMs,
      @Pattern(regexp = JudgeHabit.PATTERN) @Nullable String judge) {}

  /** Models of the endpoint that the server is configured for. */
  @Schema(
      additionalProperties = Schema.False.class,
      description =
          "Models of the endpoint that the server is configured for; each the agent version's own"
              + " where it is left out.")
  public record Endpoint(
      @Schema(description = NAME) @Size(min = 1, max = 200) @Nullable String worker,
      @Schema(
              description =
                  NAME
                      + "; none where nobody shall write critiques, and the Java engine searches"
                      + " with examples alone")
          @Size(min = 1, max = 200)
          @Nullable String critic,
      @Schema(description = NAME) @Size(min = 1, max = 200) @Nullable String editor,
      @Schema(description = NAME) @Size(min = 1, max = 200) @Nullable String judge,
      @Schema(description = "A database's model names to the endpoint's.", maxProperties = 100)
          @Size(max = 100)
          @Nullable Map<String, String> aliases) {}

  /** An input that the agent is run on. */
  @Schema(additionalProperties = Schema.False.class, description = "An input for the agent.")
  public record NewTask(
      @Size(min = 1, max = 200) @Nullable String id,
      @NotNull @Size(min = 1, max = 200_000) String input,
      @Schema(description = "The output wanted.") @Size(max = 200_000) @Nullable String expected,
      @Schema(
              description =
                  "Conditions on the output: {\"contains\": \"x\"}, {\"matches\": \"regex\"} or"
                      + " {\"json\": \"a.b\", \"equals\": …}.")
          @Size(max = 100)
          @Nullable List<Map<String, JsonNode>> checks,
      @Schema(description = "The group that it belongs to; groups are told apart in the verdict.")
          @Size(max = 200)
          @Nullable String tag) {}

  /** How to search, named as agentlightning's APO names it. */
  @Schema(additionalProperties = Schema.False.class, description = "How to search.")
  public record Search(
      @Min(1) @Max(100) @Nullable Integer rounds,
      @Min(1) @Max(50) @Nullable Integer beamWidth,
      @Min(1) @Max(50) @Nullable Integer branchFactor,
      @Schema(description = "Training tasks behind a critique.") @Min(1) @Max(1000)
          @Nullable Integer gradientBatch,
      @Schema(description = "Validation tasks that a round compares on.") @Min(1) @Max(1000)
          @Nullable Integer validationBatch,
      @Schema(description = "Validation tasks at the most.") @Min(1) @Max(10_000)
          @Nullable Integer validationTasks,
      @Schema(description = "Of critic and editor.") @DecimalMin("0") @DecimalMax("2")
          @Nullable Double temperature,
      @Schema(description = "Rollouts at the same time.") @Min(1) @Max(64)
          @Nullable Integer concurrency) {}
}
