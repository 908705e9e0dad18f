package dev.lightningbridge.optimize.apo;

import dev.lightningbridge.common.Json;
import dev.lightningbridge.dataset.Message;
import dev.lightningbridge.dataset.Outcome;
import dev.lightningbridge.dataset.Rollout;
import java.util.List;
import java.util.Locale;

/** Rollouts as the critic reads them: the messages, the reward, the grader's words. */
final class ShownRollouts {
  /** Characters of a message that are shown; its middle is left out where it is longer. */
  private static final int LONGEST = 12_000;

  private ShownRollouts() {}

  static String text(List<Rollout> rollouts) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < rollouts.size(); i++) {
      text.append(i == 0 ? "" : "\n\n").append("## Run ").append(i + 1).append("\n\n");
      append(text, rollouts.get(i));
    }
    return text.toString();
  }

  private static void append(StringBuilder text, Rollout rollout) {
    switch (rollout.outcome()) {
      case Outcome.Rewarded r -> {
        text.append(String.format(Locale.ROOT, "Reward: %.2f (0 worst, 1 best).", r.reward()));
        if (!r.feedback().isBlank()) {
          text.append("\nGrader: ").append(shortened(r.feedback()));
        }
      }
      case Outcome.AgentFailed f ->
          text.append("Reward: 0.00 (0 worst, 1 best).\nThe agent gave no output: ")
              .append(f.why());
      case Outcome.InfrastructureFailed f ->
          throw new IllegalArgumentException("a failure of the infrastructure shows nothing");
    }
    text.append("\n\n### Messages\n\n").append(Json.write(messages(rollout)));
  }

  /** Without the prompt itself, which the critic sees once, above. */
  private static List<Message> messages(Rollout rollout) {
    List<Message> messages =
        rollout.messages().isEmpty()
            ? List.of(new Message("user", rollout.task().input()))
            : rollout.messages();
    return messages.stream()
        .filter(m -> !m.content().equals(rollout.prompt()))
        .map(m -> new Message(m.role(), shortened(m.content())))
        .toList();
  }

  private static String shortened(String content) {
    if (content.length() <= LONGEST) {
      return content;
    }
    int half = LONGEST / 2;
    return content.substring(0, half)
        + "\n… (%d characters left out) …\n".formatted(content.length() - 2 * half)
        + content.substring(content.length() - half);
  }
}
