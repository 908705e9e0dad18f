/**
 * Reading and writing Training Camp databases, versions 1 to 10. The entry is {@link
 * dev.lightningbridge.camp.CampDatabase}.
 */
@NullMarked
package dev.lightningbridge.camp;

import org.jspecify.annotations.NullMarked;
