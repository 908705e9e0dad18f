package dev.lightningbridge.web;

import dev.lightningbridge.common.Figures;
import dev.lightningbridge.runs.RunEstimate;
import org.jspecify.annotations.Nullable;

/**
 * An estimate in words.
 *
 * @param usd null where a price is not known
 * @param judgeTest calls and price of the part that tests the judge; {@code sealedTest} likewise
 * @param training null where a prompt is searched for
 * @param opening which test of the lineage it would be; empty where inputs lack
 */
record EstimateView(
    int train,
    int validation,
    int test,
    int missing,
    boolean judged,
    String calls,
    String tokens,
    @Nullable String usd,
    String judgeTest,
    String sealedTest,
    RunEstimate.@Nullable Training training,
    String opening) {
  static EstimateView of(RunEstimate estimate) {
    Double usd = estimate.usd();
    return new EstimateView(
        estimate.train(),
        estimate.validation(),
        estimate.test(),
        estimate.missing(),
        estimate.judged(),
        Figures.count(estimate.calls()),
        Figures.count(estimate.tokens()),
        usd == null ? null : Figures.usd(usd),
        part(estimate.judgeTest()),
        part(estimate.sealedTest()),
        estimate.training(),
        estimate.testInWords().orElse(""));
  }

  private static String part(RunEstimate.Part part) {
    Double usd = part.usd();
    return "%s%s"
        .formatted(
            Figures.counted(part.calls(), "call"),
            usd == null ? "" : ", " + Figures.usd(usd) + " US dollars");
  }
}
