package dev.lightningbridge.corpus;

import org.jspecify.annotations.Nullable;

/**
 * A tool that a model called.
 *
 * @param watched its run; null where only the call is known
 */
public record ToolUse(String name, @Nullable Watched watched) {
  /** A call of which nothing else is known. */
  public static ToolUse of(String name) {
    return new ToolUse(name, null);
  }

  /**
   * How it ran.
   *
   * @param arguments as JSON; null where nobody recorded them, as {@code result}
   * @param error what went wrong; null where nothing did
   * @param at when it began, in milliseconds since the epoch
   */
  public record Watched(
      @Nullable String arguments,
      @Nullable String result,
      @Nullable String error,
      long at,
      long durationMs) {}
}
