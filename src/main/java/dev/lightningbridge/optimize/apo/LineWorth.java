package dev.lightningbridge.optimize.apo;

import dev.lightningbridge.dataset.Task;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * What each line of the prompts tried is worth, learned from all rollouts at once: a ridge
 * regression of the rewards on the lines, within each task, so that easy tasks do not speak for the
 * prompts that were run on them. It proposes new combinations of known lines by Thompson sampling:
 * each line's worth is drawn from what is believed of it, and lines drawn below zero go, lines
 * drawn above zero come. A proposal is only a guess, to be raced like any other.
 */
final class LineWorth {
  /** Doubt about a line: it is taken to be worth nothing until this much evidence speaks. */
  private static final double RIDGE = 2;

  /** Standard deviation of a reward around what the lines explain. */
  private static final double NOISE = 0.316;

  /** Draws are this much closer to the estimate than the belief is wide: trying costs rollouts. */
  private static final double BOLDNESS = 0.5;

  private static final int LINES_ADDED = 4;

  private final List<Task> tasks;
  private final Rollouts rollouts;
  private final Set<Candidate> candidates = new LinkedHashSet<>();

  LineWorth(List<Task> tasks, Rollouts rollouts) {
    this.tasks = tasks;
    this.rollouts = rollouts;
  }

  /** Minds the candidate's rollouts from now on. */
  void learnFrom(Candidate candidate) {
    candidates.add(candidate);
  }

  /**
   * The prompt without lines that seem to harm, and with lines of its kin that seem to help. Kin
   * are prompts that hold at least half of its lines: those of a wholly different text fit in
   * nowhere. The first line always stays.
   */
  String recombined(Candidate candidate, Choices choices) {
    Beliefs beliefs = beliefs();
    List<String> own = lines(candidate);
    List<String> result = new ArrayList<>(own.subList(0, 1));
    own.stream()
        .skip(1)
        .filter(line -> line.isBlank() || beliefs.draw(line, choices) > 0)
        .forEach(result::add);
    Map<String, Double> others = new HashMap<>();
    for (String line : linesOfKin(own)) {
      others.put(line, beliefs.draw(line, choices));
    }
    others.entrySet().stream()
        .filter(line -> line.getValue() > 0)
        .sorted(Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder()))
        .limit(LINES_ADDED)
        .forEach(line -> result.add(line.getKey()));
    return String.join("\n", result);
  }

  private Set<String> linesOfKin(List<String> own) {
    Set<String> mine = new HashSet<>(own);
    Set<String> theirs = new LinkedHashSet<>();
    for (Candidate other : candidates) {
      Set<String> lines = new LinkedHashSet<>(lines(other));
      if (2 * lines.stream().filter(mine::contains).count() >= mine.size()) {
        theirs.addAll(lines);
      }
    }
    theirs.removeIf(line -> line.isBlank() || mine.contains(line));
    return theirs;
  }

  private Beliefs beliefs() {
    Map<String, Integer> index = new HashMap<>();
    candidates.forEach(c -> lines(c).forEach(line -> index.putIfAbsent(line, index.size())));
    RidgeRegression regression = new RidgeRegression(index.size(), RIDGE);
    for (Task task : tasks) {
      List<double[]> features = new ArrayList<>();
      List<Double> rewards = new ArrayList<>();
      for (Candidate candidate : candidates) {
        OptionalDouble reward = rollouts.reward(candidate, task);
        if (reward.isPresent()) {
          rewards.add(reward.getAsDouble());
          features.add(features(candidate, index));
        }
      }
      regression.addGroup(features, rewards);
    }
    return new Beliefs(index, regression.solve());
  }

  private static double[] features(Candidate candidate, Map<String, Integer> index) {
    double[] features = new double[index.size()];
    lines(candidate).forEach(line -> features[index.getOrDefault(line, 0)] = 1);
    return features;
  }

  private record Beliefs(Map<String, Integer> index, RidgeRegression.Solution solution) {
    double draw(String line, Choices choices) {
      Integer i = index.get(line);
      double width = BOLDNESS * NOISE * choices.gaussian();
      return i == null ? width : solution.estimate(i) + width * solution.relativeError(i);
    }
  }

  private static List<String> lines(Candidate candidate) {
    return List.of(candidate.prompt().split("\n", -1));
  }
}
