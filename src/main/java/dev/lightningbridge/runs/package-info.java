/**
 * Durable runs, proposals, promotions and rollback. The entry is {@link
 * dev.lightningbridge.runs.Optimization}.
 */
@NullMarked
package dev.lightningbridge.runs;

import org.jspecify.annotations.NullMarked;
