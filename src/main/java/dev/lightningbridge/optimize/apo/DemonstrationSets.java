package dev.lightningbridge.optimize.apo;

import dev.lightningbridge.optimize.demonstrations.Demonstration;
import dev.lightningbridge.optimize.demonstrations.Demonstrations;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;

/**
 * Draws sets of demonstrations: which, how many and in which order. Where the answers are few, such
 * as labels, each comes as often as is asked for and they are mixed: a set of one answer mostly, or
 * one that ends with it, biases a model towards it (Zhao et al. 2021).
 */
final class DemonstrationSets {
  /** Tokens that the prompt may have with them, at least; else this many times the start's. */
  private static final int LEAST_CEILING = 1_000;

  /** How many: many are seldom bad (docs/benchmarks.md), if they fit. */
  static final List<Integer> SIZES = List.of(24, 32, 16);

  private static final int TIMES_THE_START = 4;
  private static final int CHARACTERS_A_TOKEN = 4;

  /** Answers are labels where there are so many demonstrations of each on the average. */
  private static final int LABELLED = 3;

  /** How far labels' shares are tilted: the standard deviation of the logarithm of a share. */
  private static final double TILT = 0.5;

  private final Demonstrations demonstrations;
  private final int ceiling;

  /**
   * @param start the prompt that the search begins with
   */
  DemonstrationSets(Demonstrations demonstrations, String start) {
    this.demonstrations = demonstrations;
    this.ceiling =
        CHARACTERS_A_TOKEN * LEAST_CEILING < TIMES_THE_START * start.length()
            ? TIMES_THE_START * start.length()
            : CHARACTERS_A_TOKEN * LEAST_CEILING;
  }

  /** Whether the text is a demonstration as it stands in a prompt. */
  boolean isOne(String text) {
    return demonstrations.all().stream()
        .anyMatch(one -> demonstrations.form().written(one).equals(text));
  }

  boolean isEmpty() {
    return demonstrations.isEmpty();
  }

  /** The prompt with a set drawn anew, for each answer as many. */
  String redrawn(String prompt, Choices choices) {
    int size = choices.choice(SIZES);
    return with(prompt, drawn(size, prompt, Map.of(), choices));
  }

  /** The answers, where they are labels; else nothing. */
  List<String> labels() {
    List<String> answers = demonstrations.all().stream().map(this::answer).distinct().toList();
    return answers.size() * LABELLED <= demonstrations.all().size() && answers.size() > 1
        ? answers
        : List.of();
  }

  /**
   * How often each label shall come: as among all demonstrations, and by chance more or less often,
   * since a model may lean to one label.
   */
  Map<String, Double> tilted(Choices choices) {
    Map<String, Double> weights = new LinkedHashMap<>();
    for (String label : labels()) {
      long share = demonstrations.all().stream().filter(one -> answer(one).equals(label)).count();
      weights.put(label, share * Math.exp(TILT * choices.gaussian()));
    }
    return weights;
  }

  /**
   * So many of them at most, drawn anew; fewer where the prompt would grow too long or there are no
   * more.
   *
   * @param weights how often each label shall come; where none is named, all alike
   */
  List<Demonstration> drawn(int size, String prompt, Map<String, Double> weights, Choices choices) {
    List<String> labels = labels();
    Map<String, Queue<Demonstration>> left = new LinkedHashMap<>();
    for (Demonstration one : choices.shuffled(demonstrations.all())) {
      String answer = labels.isEmpty() ? "" : answer(one);
      left.computeIfAbsent(answer, x -> new ArrayDeque<>()).add(one);
    }
    Map<String, Integer> taken = new HashMap<>();
    List<Demonstration> set = new ArrayList<>();
    int length = instructions(prompt).length();
    while (set.size() < size && !left.isEmpty()) {
      String answer = next(choices.shuffled(List.copyOf(left.keySet())), taken, weights);
      Queue<Demonstration> same = Objects.requireNonNull(left.get(answer));
      Demonstration next = same.remove();
      if (same.isEmpty()) {
        left.remove(answer);
      }
      length += demonstrations.form().written(next).length() + 2;
      if (length > ceiling) {
        break;
      }
      set.add(next);
      taken.merge(answer, 1, Integer::sum);
    }
    return List.copyOf(set);
  }

  /** The answer that is the furthest behind its share; the first of those that are. */
  private static String next(
      List<String> answers, Map<String, Integer> taken, Map<String, Double> weights) {
    double usual = weights.values().stream().mapToDouble(w -> w).average().orElse(1);
    return answers.stream()
        .min(
            Comparator.comparingDouble(
                a -> (taken.getOrDefault(a, 0) + 1) / weights.getOrDefault(a, usual)))
        .orElseThrow();
  }

  private String answer(Demonstration one) {
    return one.answer().strip();
  }

  /** As many of the set, from its end, as the prompt has room for. */
  List<Demonstration> fitting(List<Demonstration> set, String prompt) {
    int length = instructions(prompt).length();
    int first = set.size();
    while (first > 0) {
      length += demonstrations.form().written(set.get(first - 1)).length() + 2;
      if (length > ceiling) {
        break;
      }
      first--;
    }
    return set.subList(first, set.size());
  }

  /** The prompt without the demonstrations that stand in it. */
  String instructions(String prompt) {
    String rest = prompt;
    for (Demonstration one : demonstrations.in(prompt)) {
      rest = rest.replace("\n\n" + demonstrations.form().written(one), "");
    }
    return rest;
  }

  /** The prompt with these in place of those that stand in it. */
  String with(String prompt, List<Demonstration> set) {
    return demonstrations.form().with(instructions(prompt), set);
  }
}
