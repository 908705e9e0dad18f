/**
 * What is asked of a run, in the words of every door: {@link
 * dev.lightningbridge.runs.request.OptimizeRequest}.
 */
@NullMarked
package dev.lightningbridge.runs.request;

import org.jspecify.annotations.NullMarked;
