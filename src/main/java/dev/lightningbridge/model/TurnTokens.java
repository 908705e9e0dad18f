package dev.lightningbridge.model;

import java.util.List;
import java.util.Optional;

/**
 * The tokens by which chat templates end a turn: those of ChatML, Llama 2 to 4, Gemma, Mistral,
 * Phi, GLM, Cohere, DeepSeek and gpt-oss. A server that has the wrong template for its model, or
 * does not know where it stops, leaves them at the end of an answer.
 */
final class TurnTokens {
  private static final String END_OF_SEQUENCE = "</s>";

  private static final List<String> ENDINGS =
      List.of(
          "<|im_end|>",
          "<|eot_id|>",
          "<|eom_id|>",
          "<|eot|>",
          "<|endoftext|>",
          "<|end_of_text|>",
          "<|end_of_turn|>",
          "<|END_OF_TURN_TOKEN|>",
          "<|end|>",
          "<|return|>",
          "<|user|>",
          "<|observation|>",
          "<end_of_turn>",
          "<turn|>",
          "<eos>",
          "<｜end▁of▁sentence｜>",
          END_OF_SEQUENCE);

  private TurnTokens() {}

  /** The text without such tokens at its end; as it came where there are none. */
  static String offTheEnd(String text) {
    String rest = text;
    for (Optional<String> token = last(rest); token.isPresent(); token = last(rest)) {
      String whole = rest.stripTrailing();
      rest = whole.substring(0, whole.length() - token.get().length());
    }
    return rest;
  }

  private static Optional<String> last(String text) {
    String whole = text.stripTrailing();
    return ENDINGS.stream().filter(whole::endsWith).filter(t -> !closes(t, whole)).findFirst();
  }

  /** Whether it is the end of what HTML strikes out. */
  private static boolean closes(String token, String text) {
    return token.equals(END_OF_SEQUENCE) && text.contains("<s>");
  }
}
