/**
 * Clusters of near duplicates, and the split by them. The entry is {@link
 * dev.lightningbridge.dataset.split.Splitter}.
 */
@NullMarked
package dev.lightningbridge.dataset.split;

import org.jspecify.annotations.NullMarked;
