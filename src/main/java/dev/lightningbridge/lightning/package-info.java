/**
 * The real agentlightning trainers, in a CPython embedded in a process of its own. The entry is
 * {@link dev.lightningbridge.lightning.AgentLightningOptimizer}.
 */
@NullMarked
package dev.lightningbridge.lightning;

import org.jspecify.annotations.NullMarked;
