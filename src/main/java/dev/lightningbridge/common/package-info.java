/**
 * What every room uses: errors with a code, cancellation, JSON, files that appear only when whole.
 */
@NullMarked
package dev.lightningbridge.common;

import org.jspecify.annotations.NullMarked;
