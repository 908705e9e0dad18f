/** How an agent is run on a task. The entry is {@link dev.lightningbridge.agent.AgentRunner}. */
@NullMarked
package dev.lightningbridge.agent;

import org.jspecify.annotations.NullMarked;
