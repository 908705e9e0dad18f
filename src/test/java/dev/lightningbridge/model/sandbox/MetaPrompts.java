package dev.lightningbridge.model.sandbox;

import dev.lightningbridge.model.ChatRequest;
import dev.lightningbridge.model.ModelRole;
import java.util.List;

/** The five templates of agentlightning 0.3.0 as its POML renders them, shortened where long. */
final class MetaPrompts {
  private MetaPrompts() {}

  static ChatRequest critique1(String prompt, List<String> runs) {
    return critic(
        "",
        "You optimize a prompt template.\n\n# Original Prompt Template\n\n"
            + prompt
            + "\n\n# Experiments with Original Prompt Template\n\n"
            + String.join("\n\n", runs)
            + "\n\n# Your Task\n\nProduce a brief critique listing specific causes for the error.");
  }

  static ChatRequest critique2(String prompt, List<String> runs) {
    return critic(
        "",
        "# Role\n\nYou are a prompt engineer.\n\n# Task\n\nAnalyze where the current prompt failed"
            + " to elicit the right mechanism.\n\n# Current Prompt Template\n\n"
            + prompt
            + "\n\n# Sample Runs with Current Prompt Template\n\n"
            + String.join("\n\n", runs)
            + "\n\n# Output Format\n\nWrite 3-5 short bullets titled 'Critique:'.");
  }

  static ChatRequest critique3(String prompt, List<String> runs) {
    return critic(
        "# Role\n\nYou are an expert prompt engineer.\n\n# Task\n\nYour task is to analyze the"
            + " prompt and provide a critique of the prompt. Follow the steps below.",
        "# Prompt\n\n"
            + prompt
            + "\n\n# Sample Runs of the Prompts (Historical Messages and Rewards)\n\n"
            + String.join("\n\n", runs));
  }

  static ChatRequest edit1(String prompt, String critique) {
    return editor(
        "Revise the given prompt template using the critique as constraints and improvement guide.",
        "# Prompt Template\n\n" + prompt + "\n\n# Critique\n\n" + critique);
  }

  static ChatRequest edit2(String prompt, String critique) {
    return editor(
        "Revise the prompt to address ONE critique point clearly and effectively.",
        "### PROMPT\n\n" + prompt + "\n\n### CRITIQUE\n\n" + critique);
  }

  private static ChatRequest critic(String system, String user) {
    return ChatRequest.of(ModelRole.CRITIC, "any", system, user, 1);
  }

  private static ChatRequest editor(String system, String user) {
    return ChatRequest.of(ModelRole.EDITOR, "any", system, user, 1);
  }
}
