/** A request as the sandbox reads it. */
@NullMarked
package dev.lightningbridge.model.sandbox.requests;

import org.jspecify.annotations.NullMarked;
