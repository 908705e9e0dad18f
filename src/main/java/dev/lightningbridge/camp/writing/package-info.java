/**
 * Writes a Training Camp database of what other programs recorded: {@link
 * dev.lightningbridge.camp.writing.CampImport}.
 */
@NullMarked
package dev.lightningbridge.camp.writing;

import org.jspecify.annotations.NullMarked;
