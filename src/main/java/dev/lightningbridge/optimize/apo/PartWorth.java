package dev.lightningbridge.optimize.apo;

import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.optimize.PromptGuard;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What each part of the instructions tried is worth, learned from all rollouts at once: a ridge
 * regression of the rewards on the parts, within each task, so that easy tasks do not speak for the
 * prompts that were run on them. It proposes new combinations of known parts by Thompson sampling:
 * each part's worth is drawn from what is believed of it, and parts drawn below zero go, parts
 * drawn above zero come. A proposal is only a guess, to be raced like any other.
 */
final class PartWorth {
  /** Doubt about a part: it is taken to be worth nothing until this much evidence speaks. */
  private static final double RIDGE = 2;

  /** Standard deviation of a reward around what the parts explain. */
  private static final double NOISE = 0.316;

  /** Draws are this much closer to the estimate than the belief is wide: trying costs rollouts. */
  private static final double BOLDNESS = 0.5;

  private static final int PARTS_ADDED = 4;

  private final List<Task> tasks;
  private final Rollouts rollouts;
  private final PromptGuard guard;
  private final Predicate<String> fixed;
  private final Set<Candidate> candidates = new LinkedHashSet<>();
  private final Map<Candidate, List<PromptPart>> parts = new HashMap<>();

  PartWorth(List<Task> tasks, Rollouts rollouts, PromptGuard guard) {
    this(tasks, rollouts, guard, text -> false);
  }

  /**
   * @param guard keeps parts that must stand in each prompt
   * @param fixed the parts that neither go nor come: another move draws them
   */
  PartWorth(List<Task> tasks, Rollouts rollouts, PromptGuard guard, Predicate<String> fixed) {
    this.guard = guard;
    this.tasks = tasks;
    this.rollouts = rollouts;
    this.fixed = fixed;
  }

  /** Minds the candidate's rollouts from now on. */
  void learnFrom(Candidate candidate) {
    candidates.add(candidate);
  }

  /**
   * The instructions without parts that seem to harm and may go, and with parts of their kin that
   * seem to help, each behind the part that it follows there. Kin are instructions that hold at
   * least half of these parts: those of a wholly different text fit in nowhere. The first part and
   * headings always stay.
   */
  String recombined(Candidate candidate, Choices choices) {
    Beliefs beliefs = beliefs();
    List<PromptPart> own = parts(candidate);
    List<PromptPart> result = new ArrayList<>(own.subList(0, Math.min(1, own.size())));
    own.stream()
        .skip(1)
        .filter(part -> stays(part) || beliefs.draw(part.text(), choices) > 0)
        .forEach(result::add);
    Map<Addition, Double> others = new LinkedHashMap<>();
    for (Addition addition : partsOfKin(own)) {
      others.put(addition, beliefs.draw(addition.part().text(), choices));
    }
    others.entrySet().stream()
        .filter(addition -> addition.getValue() > 0)
        .sorted(Map.Entry.<Addition, Double>comparingByValue(Comparator.reverseOrder()))
        .limit(PARTS_ADDED)
        .forEach(addition -> addition.getKey().putInto(result));
    return PromptParts.joined(result);
  }

  private boolean stays(PromptPart part) {
    return !part.mayGo() || guard.guards(part.text()) || fixed.test(part.text());
  }

  /** A part that other instructions have, and the part before it there. */
  private record Addition(PromptPart part, String after) {
    /**
     * Behind that part, or else behind the last of its kind; where there is none it fits nowhere. A
     * rule stands before all examples, an example behind all rules that do.
     */
    void putInto(List<PromptPart> parts) {
      int place = -1;
      int ofKind = -1;
      for (int i = 0; i < parts.size(); i++) {
        place = parts.get(i).text().equals(after) ? i + 1 : place;
        ofKind = parts.get(i).isLike(part) ? i + 1 : ofKind;
      }
      int wanted = place > 0 ? place : ofKind;
      int examples = PromptParts.examplesIn(parts);
      int allowed = Math.min(wanted, examples);
      if (part.isExample()) {
        allowed = wanted > examples ? wanted : Math.max(ofKind, examples);
      }
      if (wanted > 0 && allowed > 0) {
        parts.add(allowed, allowed == wanted ? part : part.inItsOwnBlock());
      }
    }
  }

  private List<Addition> partsOfKin(List<PromptPart> own) {
    Set<String> mine = texts(own);
    Set<String> changeable = texts(own.stream().filter(part -> !fixed.test(part.text())).toList());
    Map<String, Addition> theirs = new LinkedHashMap<>();
    for (Candidate other : candidates) {
      List<PromptPart> parts = parts(other);
      if (2 * texts(parts).stream().filter(changeable::contains).count() >= changeable.size()) {
        for (int i = 1; i < parts.size(); i++) {
          PromptPart part = parts.get(i);
          boolean seen = mine.contains(part.text()) || theirs.containsKey(part.text());
          if (!seen && !stays(part)) {
            theirs.put(part.text(), new Addition(part, parts.get(i - 1).text()));
          }
        }
      }
    }
    return List.copyOf(theirs.values());
  }

  private Beliefs beliefs() {
    Map<String, Integer> index = new HashMap<>();
    candidates.forEach(c -> texts(parts(c)).forEach(t -> index.putIfAbsent(t, index.size())));
    Map<Candidate, double[]> known = new HashMap<>();
    candidates.forEach(candidate -> known.put(candidate, features(candidate, index)));
    RidgeRegression regression = new RidgeRegression(index.size(), RIDGE);
    for (Task task : tasks) {
      List<double[]> features = new ArrayList<>();
      List<Double> rewards = new ArrayList<>();
      for (Candidate candidate : candidates) {
        OptionalDouble reward = rollouts.reward(candidate, task);
        if (reward.isPresent()) {
          rewards.add(reward.getAsDouble());
          features.add(known.get(candidate));
        }
      }
      regression.addGroup(features, rewards);
    }
    return new Beliefs(index, regression.solve());
  }

  private double[] features(Candidate candidate, Map<String, Integer> index) {
    double[] features = new double[index.size()];
    texts(parts(candidate)).forEach(t -> features[index.getOrDefault(t, 0)] = 1);
    return features;
  }

  private record Beliefs(Map<String, Integer> index, RidgeRegression.Solution solution) {
    double draw(String part, Choices choices) {
      Integer i = index.get(part);
      double width = BOLDNESS * NOISE * choices.gaussian();
      return i == null ? width : solution.estimate(i) + width * solution.relativeError(i);
    }
  }

  private List<PromptPart> parts(Candidate candidate) {
    return parts.computeIfAbsent(candidate, one -> PromptParts.of(one.prompt()));
  }

  private static Set<String> texts(List<PromptPart> parts) {
    return parts.stream()
        .map(PromptPart::text)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }
}
