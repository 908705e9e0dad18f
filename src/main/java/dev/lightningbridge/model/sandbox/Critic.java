package dev.lightningbridge.model.sandbox;

import dev.lightningbridge.model.sandbox.requests.Conversation;
import dev.lightningbridge.model.sandbox.requests.Sections;
import dev.lightningbridge.model.sandbox.requests.ShownExample;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Says what a prompt lacks. It sees only what its request shows: the more is shown (a person's
 * comment, a reviewer's words, a score alone, nothing), the more often it names something true;
 * else it names something that sounds as good.
 */
final class Critic {
  private static final int POINTS = 3;
  private static final double TRUE_BY_PERSON = 0.95;
  private static final double TRUE_BY_REVIEW = 0.85;
  private static final double TRUE_BY_SCORE = 0.45;
  private static final double TRUE_BLINDLY = 0.15;

  private static final Pattern CURRENT =
      Pattern.compile("(?m)^# (Original Prompt Template|Current Prompt Template|Prompt)[ \\t]*$");
  private static final Pattern RUNS = Pattern.compile("(?m)^# (Experiments with|Sample Runs).*$");
  private static final Pattern AFTER_PROMPT =
      Pattern.compile(RUNS + "|(?m)^# How the agent is called[ \\t]*$");
  private static final Pattern SCORED = Pattern.compile("(?i)(reward|score)\\D{0,40}\\d");
  private static final Pattern BY_PERSON =
      Pattern.compile("(?i)human (?:comment|note|directive)s?: ([^\\n]+)");

  private final World world;

  Critic(World world) {
    this.world = world;
  }

  String answer(Conversation conversation) {
    String whole = conversation.whole();
    String current = Sections.between(whole, CURRENT, AFTER_PROMPT);
    String runs = current.isEmpty() ? whole : Sections.between(whole, RUNS, Pattern.compile("\\z"));
    return points(current, runs, conversation.key()).stream()
        .map(point -> "- " + point)
        .collect(Collectors.joining("\n", "Critique:\n", ""));
  }

  /** Up to three wishes in words, each once. */
  List<String> points(String current, String runs, String key) {
    List<ShownExample> examples = Examples.in(runs, world);
    Domain domain =
        examples.isEmpty()
            ? world.domainOfPrompt(current, runs)
            : world.domainOf(examples.get(0).input());
    List<Evidence> failures =
        examples.stream()
            .map(e -> evidence(domain, e))
            .filter(e -> !e.violated().isEmpty())
            .toList();
    Map<String, Double> asked = domain.strengths(current);
    String said =
        BY_PERSON.matcher(runs).results().map(m -> m.group(1)).collect(Collectors.joining("\n"));
    List<Skill> wishes =
        domain.table().skills().stream()
            .filter(s -> domain.strengths(said).containsKey(s.id()))
            .filter(s -> asked.getOrDefault(s.id(), 0.0) < 1)
            .toList();
    boolean scored = SCORED.matcher(runs).find();
    Set<Instruction> points = new LinkedHashSet<>();
    for (int i = 0; i < POINTS; i++) {
      points.add(point(domain, asked, failures, wishes, scored, points, key + "#" + i));
    }
    return points.stream().map(p -> p.say(world.seed(), "say", p.id(), key)).toList();
  }

  /** A failing run: what it violates, and which of that its review names. */
  private record Evidence(List<Skill> violated, List<Skill> named) {}

  private static Evidence evidence(Domain domain, ShownExample example) {
    List<Skill> violated = domain.assess(example.input(), example.output()).violated();
    Map<String, Double> review = domain.strengths(example.around());
    return new Evidence(
        violated, violated.stream().filter(s -> review.containsKey(s.id())).toList());
  }

  private Instruction point(
      Domain domain,
      Map<String, Double> asked,
      List<Evidence> failures,
      List<Skill> wishes,
      boolean scored,
      Set<Instruction> taken,
      String key) {
    List<Skill> wished = without(wishes, taken);
    if (!wished.isEmpty() && chance("person", key) < TRUE_BY_PERSON) {
      return Draw.pick(wished, world.seed(), "wish", key);
    }
    if (!failures.isEmpty()) {
      Evidence failure = Draw.pick(failures, world.seed(), "failure", key);
      List<Skill> named = without(failure.named(), taken);
      List<Skill> violated = without(failure.violated(), taken);
      if (!named.isEmpty()) {
        if (chance("review", key) < TRUE_BY_REVIEW) {
          return Draw.pick(named, world.seed(), "named", key);
        }
      } else if (!violated.isEmpty()
          && chance("score", key) < (scored ? TRUE_BY_SCORE : TRUE_BLINDLY)) {
        return Draw.pick(violated, world.seed(), "violated", key);
      }
    }
    return Draw.pick(beside(domain, asked), world.seed(), "beside", key);
  }

  /** What sounds good and helps nothing. */
  private static List<Instruction> beside(Domain domain, Map<String, Double> asked) {
    List<Instruction> beside = new ArrayList<>(domain.table().distractors());
    domain.table().skills().stream()
        .filter(s -> !asked.containsKey(s.id()) && !domain.profile().requires(s))
        .forEach(beside::add);
    return beside;
  }

  private static List<Skill> without(List<Skill> skills, Set<Instruction> taken) {
    return skills.stream().filter(s -> !taken.contains(s)).toList();
  }

  private double chance(String what, String key) {
    return Draw.of(world.seed(), "critic", what, key);
  }
}
