package dev.lightningbridge.runs;

import dev.lightningbridge.corpus.Attempt;
import dev.lightningbridge.corpus.Corpus;
import dev.lightningbridge.corpus.Lineage;
import dev.lightningbridge.corpus.Score;
import dev.lightningbridge.corpus.Session;
import dev.lightningbridge.dataset.InputKey;
import dev.lightningbridge.optimize.demonstrations.Demonstration;
import dev.lightningbridge.optimize.demonstrations.Demonstrations;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Outputs of a run's sessions that people scored high enough to be shown to its agent as examples.
 */
final class PraisedOutputs {
  /** The least score, 1 to 10. */
  static final int LEAST = 8;

  private PraisedOutputs() {}

  /**
   * The session's own before those of pooled ones; the best first, of equals the newest. Each with
   * the input that it answers.
   */
  static List<Demonstration> of(Corpus corpus, RunPool pool) {
    Map<String, String> labels =
        corpus.lineages().stream()
            .collect(Collectors.toMap(Lineage::id, Lineage::label, (one, other) -> one));
    List<Demonstration> praised = new ArrayList<>(of(corpus, pool.home(), labels, ""));
    for (Session other : pool.others()) {
      praised.addAll(of(corpus, other, labels, Demonstrations.ofSession(other.name())));
    }
    return praised.stream().limit(Demonstrations.MOST).toList();
  }

  private static List<Demonstration> of(
      Corpus corpus, Session session, Map<String, String> labels, String where) {
    try (Stream<Attempt> attempts = corpus.attempts(session.id())) {
      return attempts
          .filter(attempt -> attempt.isScoredOutput() && score(attempt) >= LEAST)
          .sorted(
              Comparator.comparingInt(PraisedOutputs::score)
                  .thenComparingLong(Attempt::startedAt)
                  .reversed())
          .limit(Demonstrations.MOST)
          .map(attempt -> demonstration(attempt, labels, where))
          .toList();
    }
  }

  private static int score(Attempt attempt) {
    Score score = attempt.score();
    return score == null ? 0 : score.value();
  }

  private static Demonstration demonstration(
      Attempt attempt, Map<String, String> labels, String where) {
    return new Demonstration(
        InputKey.of(attempt.input()).taskId(),
        attempt.input(),
        Objects.requireNonNull(attempt.output()),
        "output of lineage %s%s, version %d, scored %d"
            .formatted(
                labels.getOrDefault(attempt.lineageId(), attempt.lineageId()),
                where,
                attempt.agentVersionNumber(),
                score(attempt)));
  }
}
