/**
 * The sealed test and the verdict on it. The entry is {@link
 * dev.lightningbridge.optimize.verdict.SealedComparison}.
 */
@NullMarked
package dev.lightningbridge.optimize.verdict;

import org.jspecify.annotations.NullMarked;
