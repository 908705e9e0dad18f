package dev.lightningbridge.capture;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A prompt that an application is to use, and what it is. */
@Schema(name = "AgentPrompt")
public record ServedPrompt(
    String agent,
    String lineageId,
    @Schema(description = "A to H.") String lineage,
    @Schema(description = "production or candidate; left out for an older version.")
        @Nullable String label,
    @Schema(description = "1 upward; left out for a candidate.") @Nullable Integer version,
    @Schema(description = "Left out for a candidate.") @Nullable String agentVersionId,
    @Schema(description = "What proposes a candidate.") @Nullable String proposalId,
    String model,
    String prompt) {
  static final String PRODUCTION = "production";
  static final String CANDIDATE = "candidate";
}
