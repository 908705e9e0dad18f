/** The models that a run calls, the agent that it runs with them, and about what that costs. */
@NullMarked
package dev.lightningbridge.runs.models;

import org.jspecify.annotations.NullMarked;
