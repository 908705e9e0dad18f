package dev.lightningbridge.runs;

import dev.lightningbridge.corpus.Attempt;
import dev.lightningbridge.corpus.AttemptKind;
import dev.lightningbridge.corpus.Corpus;
import dev.lightningbridge.corpus.Lineage;
import dev.lightningbridge.corpus.Score;
import dev.lightningbridge.dataset.InputKey;
import dev.lightningbridge.optimize.demonstrations.Demonstration;
import dev.lightningbridge.optimize.demonstrations.Demonstrations;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Outputs of a session that people scored high enough to be shown to its agent as examples. */
final class PraisedOutputs {
  /** The least score, 1 to 10. */
  static final int LEAST = 8;

  private PraisedOutputs() {}

  /** The best first, of equals the newest; each with the input that it answers. */
  static List<Demonstration> of(Corpus corpus, LineageChoice choice) {
    Map<String, String> labels =
        corpus.lineages().stream()
            .collect(Collectors.toMap(Lineage::id, Lineage::label, (one, other) -> one));
    try (Stream<Attempt> attempts = corpus.attempts(choice.session().id())) {
      return attempts
          .filter(attempt -> attempt.kind() == AttemptKind.SCORED && score(attempt) >= LEAST)
          .filter(attempt -> attempt.output() != null && !attempt.input().isBlank())
          .sorted(
              Comparator.comparingInt(PraisedOutputs::score)
                  .thenComparingLong(Attempt::startedAt)
                  .reversed())
          .limit(Demonstrations.MOST)
          .map(attempt -> demonstration(attempt, labels))
          .toList();
    }
  }

  private static int score(Attempt attempt) {
    Score score = attempt.score();
    return score == null ? 0 : score.value();
  }

  private static Demonstration demonstration(Attempt attempt, Map<String, String> labels) {
    return new Demonstration(
        InputKey.of(attempt.input()).taskId(),
        attempt.input(),
        Objects.requireNonNull(attempt.output()),
        "output of lineage %s, version %d, scored %d"
            .formatted(
                labels.getOrDefault(attempt.lineageId(), attempt.lineageId()),
                attempt.agentVersionNumber(),
                score(attempt)));
  }
}
