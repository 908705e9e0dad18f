package dev.lightningbridge.optimize;

import dev.lightningbridge.dataset.Task;
import java.util.List;

/**
 * What an engine is asked to do. The sealed test tasks are not in it.
 *
 * @param seedPrompt the current prompt, verbatim
 * @param seed all of the engine's randomness comes from it
 */
public record OptimizationJob(
    String runId,
    String seedPrompt,
    List<Task> train,
    List<Task> validation,
    ApoSettings settings,
    long seed) {}
