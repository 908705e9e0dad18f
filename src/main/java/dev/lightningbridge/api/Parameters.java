package dev.lightningbridge.api;

import org.jspecify.annotations.Nullable;

/** What is common to the parameters of routes. */
final class Parameters {
  private Parameters() {}

  /** An empty parameter is none. */
  static @Nullable String given(@Nullable String parameter) {
    return parameter == null || parameter.isEmpty() ? null : parameter;
  }
}
