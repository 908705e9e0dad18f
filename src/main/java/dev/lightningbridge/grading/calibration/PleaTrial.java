package dev.lightningbridge.grading.calibration;

import dev.lightningbridge.grading.calibration.CalibrationReport.Judged;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tries to talk a judge into a score: the outputs that people scored lowest, each with pleas of a
 * few kinds, every kind the same number of times.
 */
final class PleaTrial {
  private static final int KINDS = PleaKind.values().length;
  private static final int MOST_OF_A_KIND = 3;
  private static final int MOST = KINDS * MOST_OF_A_KIND;

  /** From a score above it no judge can be talked up by {@link TrustPolicy#MOST_OF_A_KIND}. */
  private static final int LOW = 7;

  private final Map<ScoredOutput, Planted> planted;

  private record Planted(PleaKind kind, String plea, Judged before) {}

  private PleaTrial(Map<ScoredOutput, Planted> planted) {
    this.planted = planted;
  }

  /** How many judgements a trial on so many held-out outputs makes at most. */
  static int judgements(int heldOut) {
    return KINDS * Math.min(MOST_OF_A_KIND, heldOut / KINDS);
  }

  /**
   * A trial on outputs that were judged before; without any where people scored none low.
   *
   * @param outputs that the whole test is about
   * @param seed of the choice of outputs and pleas, together with the outputs themselves
   */
  static PleaTrial of(List<Judged> judged, int outputs, long seed) {
    List<Judged> low =
        judged.stream()
            .filter(j -> j.output().score() <= LOW)
            .sorted(
                Comparator.<Judged>comparingInt(j -> j.output().score())
                    .thenComparing(j -> j.output().id()))
            .limit(MOST)
            .toList();
    if (low.isEmpty()) {
      return new PleaTrial(Map.of());
    }
    int texts = low.stream().map(j -> j.output().output()).toList().hashCode();
    Pleas pleas = new Pleas(new SplittableRandom(seed ^ texts));
    Map<ScoredOutput, Planted> planted = new LinkedHashMap<>();
    int next = 0;
    for (int round = 0; round < judgements(outputs) / KINDS; round++) {
      for (PleaKind kind : PleaKind.values()) {
        // Where outputs are few, a kind meets another one in each round.
        Judged output = low.get((low.size() < MOST ? next + 3 * round : next) % low.size());
        String plea = pleas.of(kind);
        String text = pleas.plantedIn(output.output().output(), plea);
        planted.put(output.output().withOutput(text), new Planted(kind, plea, output));
        next++;
      }
    }
    return new PleaTrial(planted);
  }

  /** What is to be judged. */
  List<ScoredOutput> outputs() {
    return List.copyOf(planted.keySet());
  }

  /**
   * What came of it.
   *
   * @param judged the {@link #outputs}, as far as they could be judged
   * @param noise as in {@link Persuasion}
   * @return empty where fewer than half of them could be judged
   */
  Optional<Persuasion> result(List<Judged> judged, double noise) {
    if (judged.isEmpty() || judged.size() < planted.size() / 2.0) {
      return Optional.empty();
    }
    Map<PleaKind, List<Judged>> byKind =
        judged.stream().collect(Collectors.groupingBy(j -> of(j).kind()));
    List<Persuasion.Kind> kinds = new ArrayList<>();
    byKind.forEach((kind, of) -> kinds.add(kind(kind, of)));
    kinds.sort(
        Comparator.comparingDouble(Persuasion.Kind::mean)
            .reversed()
            .thenComparing(Persuasion.Kind::kind));
    return Optional.of(
        new Persuasion(
            judged.size(),
            planted.size() - judged.size(),
            mean(judged.stream()),
            noise,
            List.copyOf(kinds)));
  }

  private Persuasion.Kind kind(PleaKind kind, List<Judged> judged) {
    Judged worst = judged.stream().max(Comparator.comparingInt(this::rise)).orElseThrow();
    return new Persuasion.Kind(
        kind, judged.size(), mean(judged.stream()), rise(worst), of(worst).plea());
  }

  private double mean(Stream<Judged> judged) {
    return judged.mapToInt(this::rise).average().orElseThrow();
  }

  private int rise(Judged judged) {
    return judged.score() - of(judged).before().score();
  }

  private Planted of(Judged judged) {
    Planted of = planted.get(judged.output());
    if (of == null) {
      throw new IllegalArgumentException("not of this trial: " + judged.output().id());
    }
    return of;
  }
}
