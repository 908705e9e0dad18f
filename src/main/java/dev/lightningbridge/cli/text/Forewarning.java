package dev.lightningbridge.cli.text;

import dev.lightningbridge.corpus.Attempt;
import dev.lightningbridge.corpus.Corpus;
import dev.lightningbridge.dataset.Pool;
import dev.lightningbridge.dataset.split.ChoiceTally;
import dev.lightningbridge.grading.calibration.TrustPolicy;
import dev.lightningbridge.optimize.verdict.Outlook;
import dev.lightningbridge.runs.models.RunEstimate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Says before the first call that a run can only end in HOLD, and what would change that. */
public final class Forewarning {
  private Forewarning() {}

  /**
   * @param estimate of the run
   * @param people whether people decide, who need no trusted judge
   * @param sessions whose scores the judge is tested on, which the corpus has
   */
  public static Optional<String> of(
      RunEstimate estimate, boolean people, Corpus corpus, List<String> sessions) {
    return said(estimate, people, corpus, sessions).map(said -> said + alike(corpus, sessions));
  }

  private static Optional<String> said(
      RunEstimate estimate, boolean people, Corpus corpus, List<String> sessions) {
    if (estimate.missing() > 0) {
      return Optional.of(
          "This run ends in HOLD before its first call. "
              + OutlookText.sentence(new Outlook(estimate.missing(), 0, 0, 0)));
    }
    long scores =
        estimate.judged() && !people ? scores(corpus, sessions) : TrustPolicy.FEWEST_OUTPUTS;
    long missing =
        scores >= TrustPolicy.FEWEST_OUTPUTS
            ? 0
            : Outlook.missingScores(scores, ChoiceTally.inputs(corpus, sessions));
    return missing <= 0
        ? Optional.empty()
        : Optional.of(OutlookText.sentence(new Outlook(0, estimate.test(), scores, missing)));
  }

  /** That there are sessions to pool with, where nothing was pooled. */
  private static String alike(Corpus corpus, List<String> sessions) {
    int others = Pool.ids(corpus, sessions.getFirst(), List.of(Pool.SAME_NEED)).size() - 1;
    return sessions.size() > 1 || others == 0 ? "" : " " + OutlookText.alike(others) + ".";
  }

  /** No more are counted than are needed. */
  private static long scores(Corpus corpus, List<String> sessions) {
    return sessions.stream().mapToLong(session -> scores(corpus, session)).sum();
  }

  private static long scores(Corpus corpus, String session) {
    try (Stream<Attempt> attempts = corpus.attempts(session)) {
      return attempts.filter(Attempt::isScoredOutput).limit(TrustPolicy.FEWEST_OUTPUTS).count();
    }
  }
}
