package dev.lightningbridge.model.sandbox;

import dev.lightningbridge.common.Sha256;
import dev.lightningbridge.model.sandbox.requests.Conversation;
import dev.lightningbridge.model.sandbox.requests.ShownExample;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Answers a task as its prompt makes it. The more clearly the prompt asks for a skill, the more
 * often the skill is shown; long prompts and instructions that fight it weaken it.
 */
final class SandboxWorker {
  /** The share of the luck that belongs to the input and so is the same for every prompt. */
  private static final double SHARED_LUCK = 0.5;

  private static final double SHOWN_BY_EXAMPLE = 0.60;
  private static final double CONFLICT = 0.40;
  private static final int UNDILUTED_WORDS = 230;
  private static final double MOST_DILUTED = 0.5;

  private final World world;

  SandboxWorker(World world) {
    this.world = world;
  }

  String answer(Conversation conversation) {
    String user = conversation.lastUser();
    Domain domain = world.domainOf(user);
    Task task = task(domain, conversation.system(), user);
    List<ShownExample> examples = examples(domain, conversation);
    Map<String, Double> adherence = adherence(domain, task.prompt(), examples);
    String promptKey = Sha256.hex(task.prompt() + examples) + conversation.variant();
    return domain
        .read(task.input())
        .answer(conduct(adherence, Sha256.hex(task.input()), promptKey));
  }

  private record Task(String prompt, String input) {}

  /** Without a system message the instructions are what stands before the input. */
  private static Task task(Domain domain, String system, String user) {
    if (domain instanceof KnownDomain known) {
      int start = known.startIn(user);
      return new Task(system.isEmpty() ? user.substring(0, start) : system, user.substring(start));
    }
    return new Task(system.isEmpty() ? user : system, user);
  }

  /** Answers that the conversation shows before the last request. */
  private static List<ShownExample> examples(Domain domain, Conversation conversation) {
    List<ShownExample> shown = new ArrayList<>();
    List<Conversation.Turn> turns = conversation.turns();
    for (int i = 1; i < conversation.lastUserTurn(); i++) {
      if (turns.get(i).role().equals("assistant") && turns.get(i - 1).role().equals("user")) {
        String input = turns.get(i - 1).text();
        if (!(domain instanceof KnownDomain known) || known.startIn(input) >= 0) {
          shown.add(new ShownExample(input, turns.get(i).text(), ""));
        }
      }
    }
    return shown;
  }

  private Map<String, Double> adherence(Domain domain, String prompt, List<ShownExample> examples) {
    Map<String, Double> asked = new HashMap<>(domain.strengths(prompt));
    for (ShownExample example : examples) {
      Situation situation = domain.read(example.input());
      Map<String, Boolean> shown = situation.check(example.output());
      domain.table().skills().stream()
          .filter(s -> s.appliesTo(situation) && shown.getOrDefault(s.id(), false))
          .forEach(s -> asked.merge(s.id(), SHOWN_BY_EXAMPLE, Math::max));
    }
    double clarity = clarity(prompt);
    Profile profile = domain.profile();
    return domain.table().skills().stream()
        .collect(Collectors.toMap(Skill::id, s -> adherence(s, profile, asked, clarity)));
  }

  private static double adherence(
      Skill skill, Profile profile, Map<String, Double> asked, double clarity) {
    long fights = skill.conflicts().stream().filter(asked::containsKey).count();
    double weakened = Math.pow(CONFLICT, (double) fights);
    double base = profile.base(skill) * weakened;
    double strength = asked.getOrDefault(skill.id(), 0.0) * clarity * weakened;
    return skill.top() > base ? base + strength * (skill.top() - base) : base;
  }

  private static double clarity(String prompt) {
    int words = prompt.isBlank() ? 0 : prompt.strip().split("\\s+").length;
    double excess = (double) (words - UNDILUTED_WORDS) / UNDILUTED_WORDS;
    return excess <= 0 ? 1 : Math.max(MOST_DILUTED, 1 - 0.5 * excess);
  }

  private Situation.Conduct conduct(
      Map<String, Double> adherence, String inputKey, String promptKey) {
    long seed = world.seed();
    return new Situation.Conduct() {
      @Override
      public boolean shows(String skillId) {
        return chance(skillId) < adherence.getOrDefault(skillId, 0.0);
      }

      @Override
      public double chance(String skillId) {
        return Draw.of(seed, "mix", skillId, inputKey, promptKey) < SHARED_LUCK
            ? Draw.of(seed, "input", skillId, inputKey)
            : Draw.of(seed, "fresh", skillId, inputKey, promptKey);
      }
    };
  }
}
