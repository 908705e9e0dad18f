package dev.lightningbridge.optimize.verdict;

import dev.lightningbridge.common.Figures;
import dev.lightningbridge.dataset.Outcome;
import dev.lightningbridge.dataset.Rollout;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * What became of the sealed test's rollouts, with the current prompt and with the winner. A refusal
 * is reward 0, so where one of both is refused more often, a difference may come from that alone.
 *
 * @param bothAnswered tasks that both answered, with a reward each
 * @param baselineMean mean reward on these, 0 to 1; NaN where there are none, as {@code winnerMean}
 */
public record TestRollouts(
    RolloutCounts baseline,
    RolloutCounts winner,
    int bothAnswered,
    double baselineMean,
    double winnerMean) {
  /** From this share of the tasks on, and from {@link #TASKS}, refusals more are worth a remark. */
  static final double SHARE = 0.05;

  static final int TASKS = 2;

  /** Counts. */
  public static TestRollouts of(List<PairedRollout> pairs) {
    List<PairedRollout> answered =
        pairs.stream().filter(p -> isAnswered(p.baseline()) && isAnswered(p.winner())).toList();
    return new TestRollouts(
        RolloutCounts.of(pairs.stream().map(PairedRollout::baseline).toList()),
        RolloutCounts.of(pairs.stream().map(PairedRollout::winner).toList()),
        answered.size(),
        mean(answered, PairedRollout::baseline),
        mean(answered, PairedRollout::winner));
  }

  private static boolean isAnswered(Rollout rollout) {
    return rollout.outcome() instanceof Outcome.Rewarded;
  }

  private static double mean(List<PairedRollout> pairs, Function<PairedRollout, Rollout> side) {
    return pairs.stream()
        .mapToDouble(pair -> side.apply(pair).reward().orElseThrow())
        .average()
        .orElse(Double.NaN);
  }

  /** The verdict with what a reader must know of this; the same one where there is nothing. */
  public Verdict on(Verdict verdict, Compared compared) {
    Verdict result = verdict;
    if (!baseline.plain() || !winner.plain()) {
      result =
          result.withRemark(
              "Of %d rollouts each, with the %s: %s; with the %s: %s."
                  .formatted(
                      winner.rollouts(),
                      compared.winner(),
                      words(winner),
                      compared.baseline(),
                      words(baseline)));
    }
    return refusalsDiffer() ? result.withRemark(refusals(compared)) : result;
  }

  private static String words(RolloutCounts counts) {
    return counts.plain() ? "all answered and graded" : counts.words();
  }

  private boolean refusalsDiffer() {
    int more = Math.abs(winner.refused() - baseline.refused());
    return more >= TASKS && more >= SHARE * winner.rollouts();
  }

  private String refusals(Compared compared) {
    boolean fewer = winner.refused() < baseline.refused();
    String first =
        String.format(
            Locale.ROOT,
            "The %s is refused %s often: on %d of %d tasks, the %s on %d; a refusal is reward 0.",
            compared.winner(),
            fewer ? "less" : "more",
            winner.refused(),
            winner.rollouts(),
            compared.baseline(),
            baseline.refused());
    return bothAnswered == 0
        ? first + " No task was answered with both."
        : "%s On the %d tasks answered with both its mean reward is %s, %s %s."
            .formatted(
                first,
                bothAnswered,
                Figures.decimal(winnerMean),
                compared.other(),
                Figures.decimal(baselineMean));
  }
}
