package dev.lightningbridge.model;

/**
 * Tokens of a call.
 *
 * @param estimated whether the endpoint gave none, so that they were estimated from the texts
 */
public record Usage(long promptTokens, long completionTokens, boolean estimated) {
  public long totalTokens() {
    return promptTokens + completionTokens;
  }
}
