package dev.lightningbridge.model.sandbox;

import dev.lightningbridge.model.sandbox.requests.Conversation;
import dev.lightningbridge.model.sandbox.requests.Sections;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Works a critique into a prompt, line by line, as a model does: mostly it adds what is asked for,
 * sometimes half-heartedly or twice, sometimes it forgets it or loses another line. What it does
 * not touch stays as it was, character by character.
 */
final class Editor {
  private static final double APPLIES = 0.85;
  private static final double HEDGES = 0.20;
  private static final double DUPLICATES = 0.20;
  private static final double LOSES_A_LINE = 0.12;

  private static final Pattern PROMPT =
      Pattern.compile("(?m)^#{1,3} (Prompt Template|PROMPT|Prompt)[ \\t]*$");
  private static final Pattern CRITIQUE =
      Pattern.compile("(?m)^#{1,3} (Critique|CRITIQUE)[ \\t]*$");

  private static final Pattern AFTER_PROMPT =
      Pattern.compile(CRITIQUE + "\\s*\\z|(?m)^# How the agent is called[ \\t]*$");

  private final World world;

  Editor(World world) {
    this.world = world;
  }

  /**
   * @param onePoint whether only the first point of the critique may be worked in
   */
  String answer(Conversation conversation, boolean onePoint) {
    String whole = conversation.whole();
    String critique = Sections.afterLast(whole, CRITIQUE);
    String before = whole.substring(0, whole.length() - critique.length());
    String prompt = Sections.between(before, PROMPT, AFTER_PROMPT);
    return edit(prompt, critique, onePoint, conversation.key());
  }

  String edit(String prompt, String critique, boolean onePoint, String key) {
    SkillTable table = world.domainOfPrompt(prompt, critique).table();
    List<String> lines = new ArrayList<>(List.of(prompt.split("\n", -1)));
    wanted(table, critique).stream()
        .limit(onePoint ? 1 : Long.MAX_VALUE)
        .filter(w -> chance("apply", w.id(), key) < APPLIES)
        .forEach(w -> workIn(w, lines, key));
    List<Integer> items =
        IntStream.range(0, lines.size())
            .filter(i -> lines.get(i).startsWith("- "))
            .boxed()
            .toList();
    if (!items.isEmpty() && chance("lose", "", key) < LOSES_A_LINE) {
      lines.remove((int) Draw.pick(items, world.seed(), "editor", "lost", key));
    }
    return String.join("\n", lines);
  }

  /** What the critique asks for, in its order. */
  private static Set<Instruction> wanted(SkillTable table, String critique) {
    Set<Instruction> wanted = new LinkedHashSet<>();
    for (Sentence sentence : Sentence.of(critique)) {
      table.instructions().stream().filter(i -> i.strengthIn(sentence) > 0).forEach(wanted::add);
    }
    return wanted;
  }

  private void workIn(Instruction wanted, List<String> lines, String key) {
    String hedge = chance("hedge", wanted.id(), key) < HEDGES ? "If possible: " : "";
    String line = "- " + hedge + wanted.say(world.seed(), "editor", "text", wanted.id(), key);
    List<Integer> there =
        IntStream.range(0, lines.size()).filter(i -> wanted.isIn(lines.get(i))).boxed().toList();
    there.stream()
        .filter(i -> Sentence.of(lines.get(i)).stream().anyMatch(Sentence::hedged))
        .findFirst()
        .ifPresentOrElse(
            weak -> lines.set(weak, line),
            () -> {
              if (there.isEmpty() || chance("twice", wanted.id(), key) < DUPLICATES) {
                lines.add(line);
              }
            });
  }

  private double chance(String what, String id, String key) {
    return Draw.of(world.seed(), "editor", what, id, key);
  }
}
