package dev.lightningbridge.optimize.apo;

import dev.lightningbridge.dataset.Task;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What each line of the prompts seems to be worth, learned from parents and children that have it
 * and have it not. A guess at what to leave out next, to be tried like any other revision.
 */
final class LineEffects {
  /** So many rollouts' worth of doubt: a line seen seldom is taken to be worth nothing. */
  private static final double DOUBT = 4;

  private final List<Task> tasks;
  private final Rollouts rollouts;
  private final Map<Candidate, Candidate> parents = new LinkedHashMap<>();

  LineEffects(List<Task> tasks, Rollouts rollouts) {
    this.tasks = tasks;
    this.rollouts = rollouts;
  }

  void learn(Candidate child, Candidate parent) {
    parents.put(child, parent);
  }

  /**
   * The candidate's prompt without the line that seems to be worth the least, the first line apart;
   * empty where there is none to leave out.
   */
  Optional<String> shortened(Candidate candidate, Set<String> tried) {
    List<String> lines = lines(candidate);
    record Cut(String prompt, double worth) {}
    List<Cut> cuts = new ArrayList<>();
    for (int i = 1; lines.size() > 2 && i < lines.size(); i++) {
      List<String> rest = new ArrayList<>(lines);
      String line = rest.remove(i);
      String prompt = String.join("\n", rest);
      if (!line.isBlank() && !tried.contains(prompt)) {
        cuts.add(new Cut(prompt, worth(line)));
      }
    }
    return cuts.stream().min(Comparator.comparingDouble(Cut::worth)).map(Cut::prompt);
  }

  /**
   * A mean difference, each pair weighing by its tasks and against the lines that it differs in.
   */
  private double worth(String line) {
    double sum = 0;
    double weights = DOUBT;
    for (Map.Entry<Candidate, Candidate> pair : parents.entrySet()) {
      Set<String> child = new HashSet<>(lines(pair.getKey()));
      Set<String> parent = new HashSet<>(lines(pair.getValue()));
      if (child.contains(line) != parent.contains(line)) {
        Lead lead = Lead.of(pair.getKey(), pair.getValue(), tasks, rollouts);
        double weight = (double) lead.tasks() / differing(child, parent);
        sum += weight * (child.contains(line) ? lead.mean() : -lead.mean());
        weights += weight;
      }
    }
    return sum / weights;
  }

  private static int differing(Set<String> one, Set<String> other) {
    Set<String> all = new HashSet<>(one);
    all.addAll(other);
    Set<String> common = new HashSet<>(one);
    common.retainAll(other);
    return all.size() - common.size();
  }

  private static List<String> lines(Candidate candidate) {
    return List.of(candidate.prompt().split("\n", -1));
  }
}
