/**
 * How an agent's output becomes a reward. The entry is {@link dev.lightningbridge.grading.Grader}.
 */
@NullMarked
package dev.lightningbridge.grading;

import org.jspecify.annotations.NullMarked;
