package dev.lightningbridge.model;

/**
 * Tokens of a call.
 *
 * @param completionTokens written, thinking among them
 * @param cachedTokens of the prompt's, those that the endpoint had read before
 * @param usd what the endpoint says that the call cost; 0 where it does not say
 * @param estimated whether the endpoint left a number out, so that it was estimated from the texts
 */
public record Usage(
    long promptTokens, long completionTokens, long cachedTokens, double usd, boolean estimated) {
  /** Without a part from a cache, or a price. */
  public Usage(long promptTokens, long completionTokens, boolean estimated) {
    this(promptTokens, completionTokens, 0, 0, estimated);
  }

  /** Of both together. */
  Usage plus(Usage other) {
    return new Usage(
        promptTokens + other.promptTokens,
        completionTokens + other.completionTokens,
        cachedTokens + other.cachedTokens,
        usd + other.usd,
        estimated || other.estimated);
  }

  public long totalTokens() {
    return promptTokens + completionTokens;
  }
}
