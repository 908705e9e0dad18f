package dev.lightningbridge.model.sandbox.requests;

import java.util.List;
import java.util.stream.Stream;

/**
 * What the sandbox plays in a request, told by a fixed phrase of the meta-prompt in its first
 * message, or forced by a model's name such as {@code critic} or {@code sandbox-critic}.
 */
public enum Part {
  /** agentlightning's conservative edit: one point of the critique only. */
  CAREFUL_EDITOR("-careful-editor"),
  EDITOR("-editor"),
  CRITIC("-critic"),
  /** GEPA's one-step critic and editor. */
  REFLECTOR("-reflector"),
  JUDGE("-judge"),
  SYNTHESIZER("-synthesizer"),
  WORKER("-worker");

  private final String suffix;

  Part(String suffix) {
    this.suffix = suffix;
  }

  public static Part of(Conversation conversation) {
    Part told =
        Stream.of(values())
            .filter(p -> p.isToldBy(conversation.opening()))
            .findFirst()
            .orElse(WORKER);
    Part forced =
        Stream.of(values())
            .filter(p -> ("-" + conversation.model()).endsWith(p.suffix))
            .findFirst()
            .orElse(told);
    return forced == EDITOR && told == CAREFUL_EDITOR ? told : forced;
  }

  /** Whether a first message with this text asks for this part. */
  boolean isToldBy(String text) {
    return phrases().stream().anyMatch(text::contains);
  }

  /** Of agentlightning 0.3.0's five templates, GEPA's reflection, and the Java engine's five. */
  private List<String> phrases() {
    return switch (this) {
      case CAREFUL_EDITOR ->
          List.of(
              "Revise the prompt to address ONE critique point",
              "You revise the prompt of an AI agent with a light hand");
      case EDITOR ->
          List.of(
              "Revise the given prompt template using the critique",
              "You revise the prompt of an AI agent. The critique tells you");
      case CRITIC ->
          List.of(
              "You optimize a prompt template.",
              "Analyze where the current prompt failed to elicit the right mechanism",
              "analyze the prompt and provide a critique of the prompt",
              "You improve the prompt of an AI agent.",
              "Find where the prompt below does not bring out the behaviour",
              "Review the prompt that you are given and write a critique of it");
      case REFLECTOR -> List.of("Your task is to write a new instruction for the assistant");
      case JUDGE -> List.of("You are a strict judge of an agent's output");
      case SYNTHESIZER -> List.of("You write new inputs for an agent");
      case WORKER -> List.of();
    };
  }
}
