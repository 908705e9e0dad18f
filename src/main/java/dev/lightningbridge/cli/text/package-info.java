/** Results in words. */
@NullMarked
package dev.lightningbridge.cli.text;

import org.jspecify.annotations.NullMarked;
