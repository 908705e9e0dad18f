package dev.lightningbridge.cli.text;

import dev.lightningbridge.corpus.Attempt;
import dev.lightningbridge.corpus.AttemptKind;
import dev.lightningbridge.corpus.Corpus;
import dev.lightningbridge.grading.calibration.TrustPolicy;
import dev.lightningbridge.optimize.verdict.Outlook;
import dev.lightningbridge.runs.models.RunEstimate;
import java.util.Optional;
import java.util.stream.Stream;

/** Says before the first call that a run can only end in HOLD, and what would change that. */
public final class Forewarning {
  private Forewarning() {}

  /**
   * @param estimate of the run, whose session the corpus has
   * @param people whether people decide, who need no trusted judge
   */
  public static Optional<String> of(
      RunEstimate estimate, boolean people, Corpus corpus, String sessionId) {
    if (estimate.missing() > 0) {
      return Optional.of(
          "This run ends in HOLD before its first call. "
              + OutlookText.sentence(new Outlook(estimate.missing(), 0, 0, 0)));
    }
    long scores =
        estimate.judged() && !people ? scores(corpus, sessionId) : TrustPolicy.FEWEST_OUTPUTS;
    long missing = TrustPolicy.FEWEST_OUTPUTS - scores;
    return missing <= 0
        ? Optional.empty()
        : Optional.of(OutlookText.sentence(new Outlook(0, estimate.test(), scores, missing)));
  }

  /** No more are counted than are needed. */
  private static long scores(Corpus corpus, String sessionId) {
    try (Stream<Attempt> attempts = corpus.attempts(sessionId)) {
      return attempts
          .filter(attempt -> attempt.kind() == AttemptKind.SCORED)
          .filter(attempt -> attempt.output() != null && !attempt.input().isBlank())
          .limit(TrustPolicy.FEWEST_OUTPUTS)
          .count();
    }
  }
}
