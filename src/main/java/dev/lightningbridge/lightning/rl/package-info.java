/**
 * What runs beside agentlightning's RL trainer: gateway, controller, agents, and the grader's
 * endpoint. The entry is {@link dev.lightningbridge.lightning.rl.RlServices}.
 */
@NullMarked
package dev.lightningbridge.lightning.rl;

import org.jspecify.annotations.NullMarked;
