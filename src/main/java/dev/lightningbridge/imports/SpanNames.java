package dev.lightningbridge.imports;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names of attributes by which two other ways of telling a call say what OpenTelemetry's
 * conventions say: OpenInference (Phoenix, Arize) and the AI SDK of Vercel.
 */
final class SpanNames {
  private static final Pattern MESSAGE =
      Pattern.compile(
          "llm\\.(input|output)_messages\\.(\\d{1,4})\\.message\\."
              + "(role|content|contents\\.0\\.message_content\\.text"
              + "|tool_calls\\.(\\d{1,2})\\.tool_call\\.(id|function\\.name|function\\.arguments))");
  private static final Map<String, String> OTHERS =
      Map.of(
          "llm.model_name", "gen_ai.request.model",
          "llm.token_count.prompt", "gen_ai.usage.input_tokens",
          "llm.token_count.completion", "gen_ai.usage.output_tokens",
          "ai.prompt.messages", "gen_ai.input.messages",
          "ai.response.text", "gen_ai.completion");

  private SpanNames() {}

  /** The conventions' name; the same where there is none. */
  static String usual(String name) {
    Matcher message = MESSAGE.matcher(name);
    if (!message.matches()) {
      return OTHERS.getOrDefault(name, name);
    }
    String which = message.group(1).equals("input") ? "prompt" : "completion";
    String member = message.group(3).startsWith("contents") ? "content" : message.group(3);
    if (message.group(4) != null) {
      member = "tool_calls." + message.group(4) + '.' + message.group(5).replace("function.", "");
    }
    return "gen_ai." + which + '.' + message.group(2) + '.' + member;
  }
}
