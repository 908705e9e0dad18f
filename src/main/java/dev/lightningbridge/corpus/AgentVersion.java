package dev.lightningbridge.corpus;

/**
 * One version of a lineage's agent; its id changes with every version.
 *
 * @param number 1 upward within the lineage
 * @param toolsJson the {@code tools} column as it stands, with {@code flowJson} and {@code
 *     memoryJson}
 */
public record AgentVersion(
    String id,
    String lineageId,
    int number,
    String name,
    String description,
    String systemPrompt,
    ModelSettings model,
    String toolsJson,
    String flowJson,
    String memoryJson,
    String parametersJson,
    long createdAt,
    long updatedAt) {}
