/**
 * Examples of an input and its answer that may stand in a prompt: where they come from, how they
 * are written, which of them are drawn.
 */
@NullMarked
package dev.lightningbridge.optimize.demonstrations;

import org.jspecify.annotations.NullMarked;
