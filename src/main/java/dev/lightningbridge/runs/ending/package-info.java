/** How a run comes to its end: the opening of the sealed test, its result, its report. */
@NullMarked
package dev.lightningbridge.runs.ending;

import org.jspecify.annotations.NullMarked;
