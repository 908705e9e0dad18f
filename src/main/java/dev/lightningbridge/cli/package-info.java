/** The command line: one class per command, no decisions of its own. */
@NullMarked
package dev.lightningbridge.cli;

import org.jspecify.annotations.NullMarked;
