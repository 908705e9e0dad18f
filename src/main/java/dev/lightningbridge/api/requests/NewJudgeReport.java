package dev.lightningbridge.api.requests;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What a client asks for: a judge compared with the scores of a session. */
@Schema(
    name = "NewJudgeReport",
    additionalProperties = Schema.False.class,
    description = "A judge compared with the scores that people gave.",
    examples =
        """
        {"database": "3f1c0a9be27d4451", "sessionId": "s1", "model": {"sandbox": {"seed": 7}}}
        """)
public record NewJudgeReport(
    @Schema(description = "Id that GET /databases lists, or the whole path of a file.")
        @NotNull
        @Size(min = 1, max = 4096)
        String database,
    @Size(min = 1, max = 200) @Nullable String sessionId,
    @Size(min = 1, max = 200) @Nullable String lineageId,
    @Valid @NotNull NewRun.Model model,
    @Valid @Nullable RunLimits limits,
    @Schema(description = "Scored outputs to use at the most.") @Min(1) @Max(10_000)
        @Nullable Integer outputs,
    @Min(1) @Max(64) @Nullable Integer concurrency,
    @Min(-NewRun.SAFE) @Max(NewRun.SAFE) @Nullable Long seed,
    @Nullable Boolean includeOrphans,
    @Schema(
            description =
                "Ids of sessions of the database whose scores are taken in too, or same-need: those"
                    + " of all sessions whose need is the same text.")
        @Size(max = 100)
        @Nullable List<@NotNull @Size(min = 1, max = 200) String> pool) {}
