/**
 * The search for a better prompt and the verdict on it. The entry is {@link
 * dev.lightningbridge.optimize.PromptOptimizer}.
 */
@NullMarked
package dev.lightningbridge.optimize;

import org.jspecify.annotations.NullMarked;
