/**
 * What a corpus says, as files that trainers read: one writer per format. The entry is {@link
 * dev.lightningbridge.dataset.export.Exports}.
 */
@NullMarked
package dev.lightningbridge.dataset.export;

import org.jspecify.annotations.NullMarked;
