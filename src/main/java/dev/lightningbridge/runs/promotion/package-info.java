/**
 * Proposals, what is suspicious in them, promotions and rollback. The entry is {@link
 * dev.lightningbridge.runs.promotion.Promotions}.
 */
@NullMarked
package dev.lightningbridge.runs.promotion;

import org.jspecify.annotations.NullMarked;
