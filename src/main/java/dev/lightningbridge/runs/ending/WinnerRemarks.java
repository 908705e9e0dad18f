package dev.lightningbridge.runs.ending;

import dev.lightningbridge.common.Figures;
import dev.lightningbridge.dataset.Rollout;
import dev.lightningbridge.model.ModelRole;
import dev.lightningbridge.optimize.verdict.PairedRollout;
import dev.lightningbridge.optimize.verdict.Remarks;
import dev.lightningbridge.optimize.verdict.Verdict;
import dev.lightningbridge.runs.BegunRun;
import dev.lightningbridge.runs.models.CostModel;
import dev.lightningbridge.runs.models.EstimatedCosts;
import dev.lightningbridge.runs.models.MeansOfSearch;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * Adds to a verdict what can be said of its prompt without a guess, and what a call costs with it.
 */
final class WinnerRemarks {
  private static final int THOUSAND = 1000;

  private WinnerRemarks() {}

  static Verdict on(Verdict verdict, BegunRun run, String winner, List<PairedRollout> pairs) {
    String start = run.plan().choice().baseline().systemPrompt();
    if (run.request().training() != null || start.equals(winner)) {
      return verdict;
    }
    List<String> remarks = new ArrayList<>(Remarks.of(start, winner, run.plan().tasks(), pairs));
    MeansOfSearch.shown(run.request(), run.plan(), winner).ifPresent(remarks::add);
    cost(run, start, winner, pairs).ifPresent(remarks::add);
    Verdict result = verdict;
    for (String remark : remarks) {
      result = result.withRemark(remark);
    }
    return result;
  }

  /** About what a call reads and writes, in tokens. */
  private record Call(double read, double written) {
    static Call of(
        String prompt, List<PairedRollout> pairs, Function<PairedRollout, Rollout> side) {
      double input =
          pairs.stream()
              .mapToInt(p -> CostModel.tokens(p.task().input().length()))
              .average()
              .orElse(0);
      double output =
          pairs.stream()
              .mapToInt(p -> CostModel.tokens(side.apply(p).output().length()))
              .average()
              .orElse(0);
      return new Call(CostModel.tokens(prompt.length()) + input, output);
    }

    double tokens() {
      return read + written;
    }

    /** Of a thousand; empty where it is not known or nothing. */
    Optional<Double> usd(BegunRun run) {
      EstimatedCosts costs =
          new EstimatedCosts(
              run.request().modelUse(), run.plan().choice().baseline().model().modelId());
      costs.add(ModelRole.WORKER, THOUSAND, read, written);
      return Optional.ofNullable(costs.usd()).filter(usd -> usd > 0);
    }
  }

  private static Optional<String> cost(
      BegunRun run, String start, String winner, List<PairedRollout> pairs) {
    Call before = Call.of(start, pairs, PairedRollout::baseline);
    Call after = Call.of(winner, pairs, PairedRollout::winner);
    if (pairs.isEmpty()) {
      return Optional.empty();
    }
    String tokens =
        String.format(
            Locale.ROOT,
            "A call takes about %,.0f tokens with it, with the current one %,.0f",
            after.tokens(),
            before.tokens());
    return Optional.of(
        tokens
            + after
                .usd(run)
                .flatMap(
                    dear ->
                        before
                            .usd(run)
                            .map(
                                cheap ->
                                    "; a thousand calls cost about %s USD, now %s"
                                        .formatted(Figures.usd(dear), Figures.usd(cheap))))
                .orElse("")
            + ".");
  }
}
