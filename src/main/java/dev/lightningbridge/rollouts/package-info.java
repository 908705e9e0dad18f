/**
 * The store that runners of agentlightning call, kept in bridge.db: rollouts that wait for a
 * runner, its attempts at them, and the spans that tell what it did. The entry is {@link
 * dev.lightningbridge.rollouts.RolloutStore}.
 */
@NullMarked
package dev.lightningbridge.rollouts;

import org.jspecify.annotations.NullMarked;
