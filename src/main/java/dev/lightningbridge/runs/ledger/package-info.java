/** What runs have sealed and opened, and what models wrote for them, in bridge.db. */
@NullMarked
package dev.lightningbridge.runs.ledger;

import org.jspecify.annotations.NullMarked;
