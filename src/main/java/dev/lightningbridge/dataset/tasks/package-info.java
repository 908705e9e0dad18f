/** Reads files of tasks. The entry is {@link dev.lightningbridge.dataset.tasks.TaskFile}. */
@NullMarked
package dev.lightningbridge.dataset.tasks;

import org.jspecify.annotations.NullMarked;
