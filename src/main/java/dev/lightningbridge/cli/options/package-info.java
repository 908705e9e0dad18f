/** Options that several commands take. */
@NullMarked
package dev.lightningbridge.cli.options;

import org.jspecify.annotations.NullMarked;
