/**
 * The door of applications: their calls are passed on and recorded, their scores taken, and their
 * prompts served back. The entry is {@link dev.lightningbridge.capture.CapturedAgents}.
 */
@NullMarked
package dev.lightningbridge.capture;

import org.jspecify.annotations.NullMarked;
