/** Finds what a user names: sessions, lineages, runs, versions. */
@NullMarked
package dev.lightningbridge.cli.names;

import org.jspecify.annotations.NullMarked;
