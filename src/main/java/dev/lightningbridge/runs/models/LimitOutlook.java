package dev.lightningbridge.runs.models;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.Figures;
import dev.lightningbridge.model.Limits;
import dev.lightningbridge.runs.request.RunError;
import java.util.Optional;
import java.util.function.Supplier;

/** How far a run's limits reach, by its estimate and so before its first call. */
public final class LimitOutlook {
  private LimitOutlook() {}

  /**
   * Refuses a search whose limit of calls does not even pay for its sealed test.
   *
   * @throws BridgeException LB-7110
   */
  public static void require(RunEstimate estimate, Limits limits) {
    Long calls = limits.calls();
    long needed = keptBack(estimate) + 1;
    if (calls != null && isSearch(estimate) && calls < needed) {
      throw new BridgeException(
          RunError.BUDGET_TOO_SMALL,
          "the limit of %s does not pay for the sealed test, which needs %s"
              .formatted(Figures.counted(calls, "call"), Figures.count(keptBack(estimate))),
          "the run's limits; nothing was called, and no run was kept",
          "Allow %s for the whole run (--max-calls); with less than that, at least %s, the search ends early."
              .formatted(
                  Figures.counted(Math.max(estimate.calls(), needed), "call"),
                  Figures.count(needed)));
    }
  }

  /** The same; without limits nothing is estimated. */
  public static Optional<String> shortfall(Supplier<RunEstimate> estimate, Limits limits) {
    return limits.equals(Limits.NONE) ? Optional.empty() : shortfall(estimate.get(), limits);
  }

  /** What a limit below the estimate does to the run, in a sentence; empty where none is below. */
  public static Optional<String> shortfall(RunEstimate estimate, Limits limits) {
    if (!isSearch(estimate)) {
      return Optional.empty();
    }
    Long calls = limits.calls();
    if (calls != null && calls < estimate.calls()) {
      return Optional.of(calls(estimate, calls));
    }
    Long tokens = limits.tokens();
    if (tokens != null && tokens < estimate.tokens()) {
      return Optional.of(
          sentence(Figures.counted(tokens, "token"), Figures.count(estimate.tokens())));
    }
    Double usd = limits.usd();
    Double price = estimate.usd();
    return usd != null && price != null && usd < price
        ? Optional.of(sentence(Figures.usd(usd) + " US dollars", Figures.usd(price)))
        : Optional.empty();
  }

  private static String calls(RunEstimate estimate, long calls) {
    long kept = keptBack(estimate);
    long judge = estimate.judgeTest().calls();
    long search = Math.max(0, calls - kept - judge);
    String tested =
        judge == 0 ? "" : ", up to %s are for the judge’s own test".formatted(Figures.count(judge));
    return "The limit of %s is less than the about %s that the whole run takes: %s are kept for the sealed test%s, and %s to search, which ends early."
        .formatted(
            Figures.counted(calls, "call"),
            Figures.count(estimate.calls()),
            Figures.count(kept),
            tested,
            search == 0 ? "few or none are left" : "about " + Figures.count(search) + " are left");
  }

  private static String sentence(String limit, String estimate) {
    return "The limit of %s is less than the about %s that the whole run takes: the search ends early, and a part of it is kept for the sealed test."
        .formatted(limit, estimate);
  }

  private static boolean isSearch(RunEstimate estimate) {
    return estimate.training() == null && estimate.missing() == 0;
  }

  /** Also what tries the endpoints, which comes before all else. */
  private static long keptBack(RunEstimate estimate) {
    return estimate.endpointCheck().calls() + CostModel.withSpare(estimate.sealedTest().calls());
  }
}
