/**
 * Tasks, rollouts and their split, from a corpus or a file. The entry is {@link
 * dev.lightningbridge.dataset.Task}.
 */
@NullMarked
package dev.lightningbridge.dataset;

import org.jspecify.annotations.NullMarked;
