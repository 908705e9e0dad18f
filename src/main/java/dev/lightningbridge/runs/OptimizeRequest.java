package dev.lightningbridge.runs;

import dev.lightningbridge.model.Limits;
import dev.lightningbridge.optimize.ApoSettings;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a user asks for: one optimisation of one agent.
 *
 * @param camp the Training Camp database
 * @param sessionId optimises the session's best lineage; or else {@code lineageId} names one
 * @param engine auto, agentlightning or java
 * @param tasks a file of tasks to use beside the captured ones; null where there is none
 * @param grader auto, exact, contains, regex, json or judge
 * @param models names of the endpoint's models by role ({@code worker}, {@code critic}, {@code
 *     editor}, {@code judge}); what is missing is the agent version's own
 * @param aliases a database's model names to the endpoint's
 * @param allowLocked whether a lineage that a person locked may be optimised
 */
public record OptimizeRequest(
    Path camp,
    @Nullable String sessionId,
    @Nullable String lineageId,
    String engine,
    ModelAccess model,
    Map<String, String> models,
    Map<String, String> aliases,
    @Nullable Path prices,
    @Nullable Path tasks,
    String grader,
    ApoSettings settings,
    int validationTasks,
    long seed,
    Limits limits,
    boolean autoPromote,
    boolean allowLocked,
    boolean includeOrphans) {}
