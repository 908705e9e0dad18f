package dev.lightningbridge.dataset;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One input that an agent is run on.
 *
 * @param id the database's where it has one, else derived from the input
 * @param expected the output wanted, where known
 * @param checks conditions on the output, where known
 */
public record Task(
    String id,
    String input,
    @Nullable String expected,
    List<Check> checks,
    @Nullable String sessionId,
    TaskSource source) {}
