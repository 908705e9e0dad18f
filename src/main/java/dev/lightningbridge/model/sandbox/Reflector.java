package dev.lightningbridge.model.sandbox;

import dev.lightningbridge.model.sandbox.requests.Conversation;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** GEPA's reflection: critic and editor in one call, answered by the new prompt in a fence. */
final class Reflector {
  private static final Pattern CURRENT =
      Pattern.compile(
          "instructions to perform a task for me:\\s*```\\n?(.*?)\\n?```\\s*\\n", Pattern.DOTALL);

  private final Critic critic;
  private final Editor editor;

  Reflector(Critic critic, Editor editor) {
    this.critic = critic;
    this.editor = editor;
  }

  String answer(Conversation conversation) {
    String whole = conversation.whole();
    Matcher current = CURRENT.matcher(whole);
    boolean found = current.find();
    String prompt = found ? current.group(1) : "";
    String runs = found ? whole.substring(current.end()) : whole;
    String critique = String.join("\n", critic.points(prompt, runs, conversation.key()));
    return "```\n" + editor.edit(prompt, critique, false, conversation.key()) + "\n```";
  }
}
