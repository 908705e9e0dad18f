package dev.lightningbridge.runs.people;

import dev.lightningbridge.dataset.InputKey;
import dev.lightningbridge.dataset.TextHash;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which output a person's next score tells most about: first those of agent versions, then those of
 * inputs, that have the fewest scores; of lineages where the judge was last found to be farthest
 * from people; and with a score near the middle to be expected, where an opinion is least certain
 * and a judge errs most. What is a copy of a scored output comes last.
 */
final class ScoringOrder {
  private static final double MIDDLE = 5.5;

  /** What is kept of an output while others are read. */
  private record Open(
      String id, String maker, String lineageId, String lineage, InputKey input, TextHash text) {}

  private final Map<String, DoubleSummaryStatistics> byMaker = new HashMap<>();
  private final Map<String, DoubleSummaryStatistics> byLineage = new HashMap<>();
  private final DoubleSummaryStatistics all = new DoubleSummaryStatistics();
  private final Map<InputKey, Integer> byInput = new HashMap<>();
  private final Set<TextHash> seen = new HashSet<>();
  private final List<Open> open = new ArrayList<>();
  private final Map<String, Double> disagreement;

  /**
   * Begins.
   *
   * @param disagreement by a lineage's label, how far the judge's scores are from people's on the
   *     average; empty where no judge was tested
   */
  ScoringOrder(Map<String, Double> disagreement) {
    this.disagreement = Map.copyOf(disagreement);
  }

  /** Takes an output of the session in. */
  void add(SessionOutput output) {
    InputKey input = InputKey.of(output.input());
    TextHash text = TextHash.of(output.input(), output.output());
    Integer score = output.score();
    if (score == null) {
      open.add(
          new Open(output.id(), output.maker(), output.lineageId(), output.lineage(), input, text));
      return;
    }
    for (DoubleSummaryStatistics sum :
        List.of(
            byMaker.computeIfAbsent(output.maker(), m -> new DoubleSummaryStatistics()),
            byLineage.computeIfAbsent(output.lineageId(), l -> new DoubleSummaryStatistics()),
            all)) {
      sum.accept(score);
    }
    byInput.merge(input, 1, Integer::sum);
    seen.add(text);
  }

  /** How many outputs have a score, and how many have none. */
  long scored() {
    return all.getCount();
  }

  int unscored() {
    return open.size();
  }

  /** The id of the next output; empty where none is left. */
  Optional<String> next(Set<String> skipped) {
    return open.stream()
        .filter(output -> !skipped.contains(output.id()))
        .min(
            Comparator.comparing((Open o) -> seen.contains(o.text()))
                .thenComparingLong(o -> byMaker.getOrDefault(o.maker(), NONE).getCount())
                .thenComparingInt(o -> byInput.getOrDefault(o.input(), 0))
                .thenComparingDouble(o -> -disagreement.getOrDefault(o.lineage(), 0.0))
                .thenComparingDouble(o -> Math.abs(expected(o) - MIDDLE))
                .thenComparing(Open::id))
        .map(Open::id);
  }

  private static final DoubleSummaryStatistics NONE = new DoubleSummaryStatistics();

  /** The mean score of the version, else of the lineage, else of the session. */
  private double expected(Open output) {
    DoubleSummaryStatistics maker = byMaker.get(output.maker());
    DoubleSummaryStatistics known =
        maker == null ? byLineage.getOrDefault(output.lineageId(), all) : maker;
    return known.getCount() == 0 ? MIDDLE : known.getAverage();
  }
}
