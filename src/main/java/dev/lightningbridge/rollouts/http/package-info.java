/**
 * The door of agentlightning's runners: its store protocol, translated to {@link
 * dev.lightningbridge.rollouts.RolloutStore}; no decisions of its own.
 */
@NullMarked
package dev.lightningbridge.rollouts.http;

import org.jspecify.annotations.NullMarked;
