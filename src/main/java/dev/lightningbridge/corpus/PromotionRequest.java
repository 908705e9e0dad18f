package dev.lightningbridge.corpus;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A new prompt, or a trained model, for a lineage's agent.
 *
 * @param runId the run that found it; a run is written once
 * @param baselineId the agent version that the run started from; still the current one, or nothing
 *     is written
 * @param baselinePrompt its prompt at that time
 * @param prompt the new prompt, written verbatim
 * @param model the new version's model; null for the baseline's
 * @param hypothesis what the change is expected to do, one sentence
 * @param reason the evidence for it, one sentence
 * @param allowLocked whether a locked lineage may be changed
 * @param dump where the new dump goes, if the database is one; null for a name beside it
 */
public record PromotionRequest(
    String runId,
    String sessionId,
    String lineageId,
    String baselineId,
    String baselinePrompt,
    String prompt,
    @Nullable String model,
    String hypothesis,
    String reason,
    boolean allowLocked,
    @Nullable Path dump) {}
