package dev.lightningbridge.model;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * What an answer's {@code usage} says, with OpenAI's names or Anthropic's. Nothing that is said
 * anywhere in it is missed: what a total has beyond its parts was thought, and so was written.
 *
 * @param prompt null where it is not said
 * @param completion null where it is not said
 * @param total null where it is not said
 */
record StatedUsage(
    @Nullable Long prompt,
    @Nullable Long completion,
    @Nullable Long total,
    long cached,
    double usd) {
  private static final long MOST = 1_000_000_000_000L;
  private static final double MOST_USD = 1e6;

  static StatedUsage of(JsonNode usage) {
    long cacheRead = or0(count(usage.path("cache_read_input_tokens")));
    Long prompt = count(usage.path("prompt_tokens"));
    Long input = count(usage.path("input_tokens"));
    if (prompt == null && input != null) {
      // Anthropic's leaves out what was read from the cache or written to it.
      prompt = input + cacheRead + or0(count(usage.path("cache_creation_input_tokens")));
    }
    Long completion = count(usage.path("completion_tokens"));
    if (completion == null) {
      completion = count(usage.path("output_tokens"));
    }
    long reasoning =
        Math.max(
            or0(count(usage.at("/completion_tokens_details/reasoning_tokens"))),
            Math.max(
                or0(count(usage.at("/output_tokens_details/reasoning_tokens"))),
                or0(count(usage.path("reasoning_tokens")))));
    if (reasoning > or0(completion)) {
      // More than the whole can be no part of it.
      completion = or0(completion) + reasoning;
    }
    long cached =
        Math.max(
            Math.max(
                or0(count(usage.at("/prompt_tokens_details/cached_tokens"))),
                or0(count(usage.at("/input_tokens_details/cached_tokens")))),
            Math.max(cacheRead, or0(count(usage.path("prompt_cache_hit_tokens")))));
    return new StatedUsage(
        prompt, completion, count(usage.path("total_tokens")), cached, usd(usage.path("cost")));
  }

  /**
   * As the usage of a call.
   *
   * @param promptEstimate stands for what is not said; {@code completionEstimate} likewise
   * @param wrote whether there is anything in the answer: then 0 tokens are none that were counted
   */
  Usage or(long promptEstimate, long completionEstimate, boolean wrote) {
    boolean promptSaid = prompt != null && prompt > 0;
    boolean completionSaid = completion != null && (completion > 0 || !wrote);
    long all = or0(total);
    long promptTokens = or0(prompt);
    if (!promptSaid) {
      promptSaid = completionSaid && all > or0(completion);
      promptTokens = promptSaid ? all - or0(completion) : promptEstimate;
    }
    long completionTokens = completionSaid ? or0(completion) : completionEstimate;
    if (all > promptTokens && (!completionSaid || all > promptTokens + completionTokens)) {
      completionSaid = true;
      completionTokens = all - promptTokens;
    }
    return new Usage(
        promptTokens,
        completionTokens,
        Math.min(cached, promptTokens),
        usd,
        !(promptSaid && completionSaid));
  }

  private static long or0(@Nullable Long count) {
    return count == null ? 0 : count;
  }

  /** A count of tokens, also as a string of digits. */
  private static @Nullable Long count(JsonNode node) {
    if (node.isTextual()) {
      return node.textValue().strip().matches("\\d{1,12}")
          ? Long.valueOf(node.textValue().strip())
          : null;
    }
    boolean count = node.isNumber() && node.asDouble() >= 0 && node.asDouble() <= MOST;
    return count ? (Long) node.asLong() : null;
  }

  /** A price, also Perplexity's in its parts. */
  private static double usd(JsonNode stated) {
    JsonNode cost = stated.isObject() ? stated.path("total_cost") : stated;
    double usd = cost.isNumber() || cost.isTextual() ? cost.asDouble() : 0;
    return usd > 0 && usd <= MOST_USD ? usd : 0;
  }
}
