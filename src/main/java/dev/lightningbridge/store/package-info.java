/**
 * The home folder and the database in it, bridge.db. The entry is {@link
 * dev.lightningbridge.store.BridgeDatabase}.
 */
@NullMarked
package dev.lightningbridge.store;

import org.jspecify.annotations.NullMarked;
