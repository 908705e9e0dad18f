/**
 * What the server is beside its doors: settings, access to it, what it may read, and its health.
 */
@NullMarked
package dev.lightningbridge.server;

import org.jspecify.annotations.NullMarked;
