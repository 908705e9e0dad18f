package dev.lightningbridge.api.requests;

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
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A standing order, as a client gives it; what is left out has the command line's default. */
@Schema(
    name = "NewSchedule",
    additionalProperties = Schema.False.class,
    description =
        "At its times, optimises the lineages that people have scored since their last run.",
    examples =
        """
        {"name": "Nightly", "enabled": true, "database": "3f1c0a9be27d4451", "time": "02:00",
         "zone": "Europe/Berlin", "newScores": 5, "sandbox": true, "nightLimits": {"calls": 2000}}
        """)
public record NewSchedule(
    @NotNull @Size(min = 1, max = 200) String name,
    @Schema(description = "Whether its times count; false unless said otherwise.")
        @Nullable Boolean enabled,
    @NotNull @Size(min = 1, max = 4096) String database,
    @Schema(description = "Only this session.") @Size(min = 1, max = 200)
        @Nullable String sessionId,
    @Schema(
            description =
                "In place of \"time\" and \"days\": minute, hour, day, month, weekday, as cron has"
                    + " them.",
            examples = "0 2 * * *")
        @Size(min = 1, max = 200)
        @Nullable String cron,
    @Schema(description = "Whose clocks the times are on.", examples = "Europe/Berlin")
        @NotNull
        @Size(min = 1, max = 100)
        String zone,
    @Schema(description = "New scores that a lineage needs.") @Min(1) @Max(100_000)
        @Nullable Integer newScores,
    @Schema(description = "The simulated model instead of the configured endpoint.")
        @Nullable Boolean sandbox,
    @Schema(description = "With sandbox: which hidden rules it has.")
        @Min(-NewRun.SAFE)
        @Max(NewRun.SAFE)
        @Nullable Long sandboxSeed,
    @Schema(description = "Models of the configured endpoint.") @Valid
        NewRun.@Nullable Endpoint endpoint,
    @Pattern(regexp = EngineChoice.PATTERN) @Nullable String engine,
    @Pattern(regexp = SearchStrategy.PATTERN) @Nullable String strategy,
    @Schema(
            description =
                "auto, exact, contains, regex, json, judge, people, or the name of one that the server's"
                    + " configuration offers.")
        @Pattern(regexp = NamedGraders.PATTERN)
        @Nullable String grader,
    @Valid NewRun.@Nullable Search search,
    @Min(0) @Max(1000) @Nullable Integer synthesize,
    @Min(-NewRun.SAFE) @Max(NewRun.SAFE) @Nullable Long seed,
    @Nullable Boolean humanNotes,
    @Nullable Boolean acceptJudge,
    @Schema(description = "Holds where the mean reward gains less, 0 to 1; 0.02 if left out.")
        @DecimalMin("0")
        @DecimalMax("1")
        @Nullable Double leastEffect,
    @Schema(
            description =
                "Ends sealed tests as soon as they are decided; true unless said otherwise.")
        @Nullable Boolean earlyStop,
    @Schema(
            description =
                "Optimises agents that have tools or a flow without them; else they are skipped.")
        @Nullable Boolean asPlainPrompt,
    @Schema(description = "Keeps examples out of new prompts.") @Nullable Boolean noDemonstrations,
    @Schema(description = "What one run may spend.") @Valid @Nullable RunLimits runLimits,
    @Schema(description = "What a night's runs may spend together.") @Valid
        @Nullable RunLimits nightLimits,
    @Schema(description = "Writes winners into the database where the verdict is PROMOTE.")
        @Nullable Boolean autoPromote,
    @Schema(description = "Only these lineages, by id.") @Size(max = 1000)
        @Nullable List<@NotNull @Size(min = 1, max = 200) String> lineageIds,
    @Schema(description = "The time of day at which it is due.", examples = "02:30")
        @Pattern(regexp = "^([01]?[0-9]|2[0-3]):[0-5][0-9]$")
        @Nullable String time,
    @Schema(description = "The days on which it is due; every day if left out.") @Size(max = 7)
        @Nullable List<@NotNull @Pattern(regexp = "^(mon|tue|wed|thu|fri|sat|sun)$") String> days,
    @Size(min = 1, max = 100) @Nullable String label,
    @Schema(
            description =
                "Name of an agent of the server's configuration that runs the tasks with the prompt;"
                    + " else the prompt is sent to the model alone.")
        @Size(min = 1, max = 100)
        @Nullable String agent,
    @Schema(
            description =
                "Lines of current prompts that stand in new ones, as regular expressions.")
        @Size(max = 100)
        @Nullable List<@NotNull @Size(min = 1, max = 1000) String> keep,
    @Schema(description = "The most tokens of a new prompt.") @Min(1) @Max(1_000_000)
        @Nullable Integer maxPromptTokens,
    @Schema(description = "Searches also where a current prompt gets no reward on any task.")
        @Nullable Boolean goOnAtZero,
    @Schema(description = NewRun.POOL) @Size(max = 100)
        @Nullable List<@NotNull @Size(min = 1, max = 200) String> pool) {}
