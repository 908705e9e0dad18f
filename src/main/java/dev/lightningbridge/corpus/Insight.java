package dev.lightningbridge.corpus;

import org.jspecify.annotations.Nullable;

/**
 * What Training Camp learned in a session from how people scored what it changed.
 *
 * @param pattern a model's words for the kind of change
 * @param successes of it that people scored higher than what was before; {@code failures} not so
 * @param scoreChange the mean, in points of the scale; null where it is not known
 * @param at milliseconds since the epoch
 */
public record Insight(
    String id,
    String sessionId,
    String pattern,
    int successes,
    int failures,
    @Nullable Double scoreChange,
    long at) {}
