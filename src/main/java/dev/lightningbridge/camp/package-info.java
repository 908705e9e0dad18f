/**
 * The adapter for Training Camp: reads and writes its databases, versions 1 to 10, in the words of
 * the corpus. The entry is {@link dev.lightningbridge.camp.CampDatabase}.
 */
@NullMarked
package dev.lightningbridge.camp;

import org.jspecify.annotations.NullMarked;
