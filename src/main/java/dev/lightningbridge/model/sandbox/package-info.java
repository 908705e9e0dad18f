/**
 * The sandbox: a simulated model with a hidden, documented ground truth, for trying the pipeline
 * without a real model. The entry is {@link dev.lightningbridge.model.sandbox.SandboxModel}.
 */
@NullMarked
package dev.lightningbridge.model.sandbox;

import org.jspecify.annotations.NullMarked;
