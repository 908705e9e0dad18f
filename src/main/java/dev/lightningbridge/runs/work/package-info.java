/**
 * Runs from their request to their end, at once or from a queue. The entry is {@link
 * dev.lightningbridge.runs.work.Optimization}.
 */
@NullMarked
package dev.lightningbridge.runs.work;

import org.jspecify.annotations.NullMarked;
