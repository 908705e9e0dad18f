package dev.lightningbridge.corpus;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The undoing of a promotion: a further agent version that is the baseline again.
 *
 * @param runId the promoted run
 * @param promotedId the agent version that the promotion wrote; still the current one, or nothing
 *     is written
 * @param baselineId the agent version that it was made from
 * @param reason why, one sentence
 * @param allowLocked whether a locked lineage may be changed
 * @param dump where the new dump goes, if the database is one; null for a name beside it
 */
public record RollbackRequest(
    String runId,
    String sessionId,
    String lineageId,
    String promotedId,
    String baselineId,
    String reason,
    boolean allowLocked,
    @Nullable Path dump) {}
