package dev.lightningbridge.corpus;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One of the up to eight lines of evolution of a session.
 *
 * @param label A to H
 * @param locked whether people keep it as it is
 * @param stickyDirectives standing instructions to the evolver
 * @param oneShotDirectives instructions for the next evolution only
 */
public record Lineage(
    String id,
    String sessionId,
    String label,
    @Nullable String strategyTag,
    boolean locked,
    List<String> stickyDirectives,
    List<String> oneShotDirectives,
    long createdAt) {}
