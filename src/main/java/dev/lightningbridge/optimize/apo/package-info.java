/**
 * The pure-Java engine: a beam search as agentlightning's and a race. The entry is {@link
 * dev.lightningbridge.optimize.apo.JavaOptimizer}.
 */
@NullMarked
package dev.lightningbridge.optimize.apo;

import org.jspecify.annotations.NullMarked;
