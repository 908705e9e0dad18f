/**
 * What other programs recorded, brought into a Training Camp database: one class per format behind
 * one interface. The entry is {@link dev.lightningbridge.imports.Importer}.
 */
@NullMarked
package dev.lightningbridge.imports;

import org.jspecify.annotations.NullMarked;
