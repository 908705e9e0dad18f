/** The server's REST door: settings, access, and {@code /api/v1}. */
@NullMarked
package dev.lightningbridge.api;

import org.jspecify.annotations.NullMarked;
