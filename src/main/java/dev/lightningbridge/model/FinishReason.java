package dev.lightningbridge.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What an endpoint means by the word with which an answer ends. */
enum FinishReason {
  /** The model came to its end, or nobody knows the word: what was said decides. */
  WHOLE,
  /** The limit of tokens was reached. */
  LENGTH,
  /** A filter, or the model itself, declined. */
  FILTERED,
  /** Something broke on the way. */
  FAILED;

  private static final Set<String> LIMITS =
      Set.of(
          "length",
          "max_tokens",
          "max_length",
          "max_output_tokens",
          "max_new_tokens",
          "model_length",
          "model_context_window_exceeded",
          "token_limit");

  /** Of OpenAI, z.AI, Gemini and Vertex, Anthropic, Bedrock, Cohere, DashScope, in this order. */
  private static final Set<String> FILTERS =
      Set.of(
          "content_filter",
          "content_filtered",
          "sensitive",
          "safety",
          "prohibited_content",
          "blocklist",
          "recitation",
          "spii",
          "image_safety",
          "model_armor",
          "refusal",
          "guardrail_intervened",
          "guardrails",
          "error_toxic",
          "data_inspection_failed");

  private static final Pattern FAILURES =
      Pattern.compile(
          "error|fail|abort|cancel|time_?out|resource|interrupt|malformed|unavailable|overload"
              + "|disconnect|exception|network|unexpected|preempt");

  static FinishReason of(String word) {
    String known = word.strip().toLowerCase(Locale.ROOT).replace('-', '_').replace(' ', '_');
    if (FILTERS.contains(known)) {
      return FILTERED;
    }
    if (LIMITS.contains(known)) {
      return LENGTH;
    }
    return FAILURES.matcher(known).find() ? FAILED : WHOLE;
  }

  /** Of a choice; what stands behind a router's own word counts where that says less. */
  static FinishReason of(JsonNode choice) {
    FinishReason said = of(choice.path("finish_reason").asText(""));
    FinishReason behind = of(choice.path("native_finish_reason").asText(""));
    return behind == FILTERED || said == WHOLE ? behind : said;
  }
}
