package dev.lightningbridge.model;

import org.jspecify.annotations.Nullable;

/** What a run may spend; null where there is no limit. */
public record Limits(@Nullable Long calls, @Nullable Long tokens, @Nullable Double usd) {
  public static final Limits NONE = new Limits(null, null, null);
}
