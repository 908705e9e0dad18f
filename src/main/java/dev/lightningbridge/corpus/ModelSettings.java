package dev.lightningbridge.corpus;

import org.jspecify.annotations.Nullable;

/**
 * The sampling settings that an agent version's runs are sent with; null where the row has none.
 *
 * @param modelId a LiteLLM name such as {@code azure/gpt-4o}
 */
public record ModelSettings(
    String modelId,
    @Nullable Double temperature,
    @Nullable Integer maxTokens,
    @Nullable Double topP) {}
