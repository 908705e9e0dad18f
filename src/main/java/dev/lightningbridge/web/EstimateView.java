package dev.lightningbridge.web;

import dev.lightningbridge.common.Figures;
import dev.lightningbridge.runs.models.RunEstimate;
import org.jspecify.annotations.Nullable;

/**
 * An estimate in words.
 *
 * @param gradedBy who or what grades
 * @param calls about or at least how many
 * @param usd null where a price is not known
 * @param sealedTest calls and price of that part
 * @param judgeTest likewise, of the part that tests the judge; null where none grades
 * @param training null where a prompt is searched for
 * @param opening which test of the lineage it would be; empty where inputs lack
 */
record EstimateView(
    int train,
    int validation,
    int test,
    int missing,
    String gradedBy,
    String calls,
    String tokens,
    @Nullable String usd,
    @Nullable String judgeTest,
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
        gradedBy(estimate),
        (estimate.atLeast() ? "at least " : "about ") + Figures.count(estimate.calls()),
        Figures.count(estimate.tokens()),
        usd == null ? null : Figures.usd(usd),
        estimate.judged() ? part(estimate.judgeTest()) : null,
        part(estimate.sealedTest()),
        estimate.training(),
        estimate.testInWords().orElse(""));
  }

  private static String gradedBy(RunEstimate estimate) {
    RunEstimate.ExternalGrades external = estimate.externalGrades();
    if (external != null) {
      return "the grader %s, about %s times"
          .formatted(external.grader(), Figures.count(external.grades()));
    }
    return estimate.judged() ? "a judge" : "a rule";
  }

  private static String part(RunEstimate.Part part) {
    Double usd = part.usd();
    return "%s%s"
        .formatted(
            Figures.counted(part.calls(), "call"),
            usd == null ? "" : ", " + Figures.usd(usd) + " US dollars");
  }
}
