package dev.lightningbridge.runs.judging;

import dev.lightningbridge.runs.request.ModelUse;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a user asks for: a judge compared with the scores of a session.
 *
 * @param camp the Training Camp database
 * @param sessionId with the directives and the model of its best lineage, as {@code optimize}
 *     chooses it; or else {@code lineageId} names one
 * @param outputs scored outputs to use at most, chosen by chance
 * @param seed of the choice of outputs and examples
 * @param page the HTML page; null for one in the home's folder of reports
 * @param pool of sessions whose scores are taken in too, as in {@link
 *     dev.lightningbridge.runs.request.OptimizeRequest#pool}
 */
public record JudgeRequest(
    Path camp,
    @Nullable String sessionId,
    @Nullable String lineageId,
    ModelUse models,
    int outputs,
    int concurrency,
    long seed,
    boolean includeOrphans,
    @Nullable Path page,
    List<String> pool) {}
