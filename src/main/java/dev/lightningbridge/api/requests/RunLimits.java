package dev.lightningbridge.api.requests;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What a run may spend; no limit where one is left out. */
@Schema(
    name = "Limits",
    additionalProperties = Schema.False.class,
    description = "What the run may spend; no limit where one is left out.")
public record RunLimits(
    @Min(0) @Max(NewRun.SAFE) @Nullable Long calls,
    @Min(0) @Max(NewRun.SAFE) @Nullable Long tokens,
    @DecimalMin("0") @DecimalMax("1000000") @Nullable Double usd) {}
