package dev.lightningbridge.grading.calibration;

import dev.lightningbridge.grading.Rubric;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * Scored outputs that a judge is shown, apart from those that it is tested on: no output is in
 * both, not even as a copy.
 *
 * @param shown go into the rubric
 * @param heldOut are for the test
 */
public record RubricExamples(List<ScoredOutput> shown, List<ScoredOutput> heldOut) {
  private static final int MOST_SHOWN = 6;
  private static final int LONGEST_SHOWN = 4_000;

  /**
   * Chooses up to six examples, commented ones before others and spread over the scale, but leaves
   * enough for a test where there are few.
   */
  public static RubricExamples choose(List<ScoredOutput> scored, long seed) {
    List<ScoredOutput> shuffled = new ArrayList<>(scored);
    shuffled.sort(Comparator.comparing(ScoredOutput::id));
    Collections.shuffle(shuffled, new Random(seed));
    List<ScoredOutput> shown = spread(shuffled, count(scored.size()));
    List<ScoredOutput> heldOut =
        scored.stream().filter(o -> shown.stream().noneMatch(o::sameTextsAs)).toList();
    return new RubricExamples(shown, heldOut);
  }

  /** The examples as the rubric takes them. */
  public Rubric in(Rubric rubric) {
    return rubric.withExamples(shown.stream().map(ScoredOutput::asExample).toList());
  }

  private static int count(int scored) {
    int spare = scored - TrustPolicy.FEWEST_OUTPUTS;
    return Math.min(MOST_SHOWN, spare >= 0 ? spare : scored / 5);
  }

  /** One by one the output whose score is farthest from all chosen ones; comments break ties. */
  private static List<ScoredOutput> spread(List<ScoredOutput> candidates, int count) {
    List<ScoredOutput> left =
        new ArrayList<>(
            candidates.stream()
                .filter(o -> o.input().length() + o.output().length() <= LONGEST_SHOWN)
                .toList());
    List<ScoredOutput> chosen = new ArrayList<>();
    while (chosen.size() < count && !left.isEmpty()) {
      ScoredOutput next =
          left.stream()
              .max(
                  Comparator.<ScoredOutput>comparingInt(o -> distance(o, chosen))
                      .thenComparing(RubricExamples::commented))
              .orElseThrow();
      chosen.add(next);
      left.removeIf(next::sameTextsAs);
    }
    chosen.sort(Comparator.comparingInt(ScoredOutput::score));
    return List.copyOf(chosen);
  }

  private static int distance(ScoredOutput output, List<ScoredOutput> chosen) {
    return chosen.stream().mapToInt(c -> Math.abs(c.score() - output.score())).min().orElse(0);
  }

  private static boolean commented(ScoredOutput output) {
    return output.comment() != null && !output.comment().isBlank();
  }
}
