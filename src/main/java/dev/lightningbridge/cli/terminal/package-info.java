/** Where a command speaks, and how it is called. */
@NullMarked
package dev.lightningbridge.cli.terminal;

import org.jspecify.annotations.NullMarked;
