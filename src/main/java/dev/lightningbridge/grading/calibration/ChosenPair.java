package dev.lightningbridge.grading.calibration;

import java.util.List;
import java.util.stream.Stream;

/**
 * Two outputs to one input, of which people found one better. It stands for its task: of each task
 * there is one, since pairs of one task say much the same.
 */
public record ChosenPair(Source source, ScoredOutput chosen, ScoredOutput rejected) {
  /** How people said so, the plainest first. */
  public enum Source {
    COMPARISON,
    LOCK,
    SCORES
  }

  /** Both, the chosen one first. */
  public Stream<ScoredOutput> outputs() {
    return Stream.of(chosen, rejected);
  }

  /** The outputs of pairs that are not among those that are judged anyway, each once. */
  static List<ScoredOutput> further(List<ChosenPair> pairs, List<ScoredOutput> judged) {
    List<String> ids = judged.stream().map(ScoredOutput::id).toList();
    return pairs.stream()
        .flatMap(ChosenPair::outputs)
        .filter(output -> !ids.contains(output.id()))
        .distinct()
        .toList();
  }
}
