package dev.lightningbridge.runs.judging;

import dev.lightningbridge.corpus.Attempt;
import dev.lightningbridge.corpus.AttemptKind;
import dev.lightningbridge.corpus.Corpus;
import dev.lightningbridge.corpus.Lineage;
import dev.lightningbridge.dataset.TextHash;
import dev.lightningbridge.grading.calibration.ScoredOutput;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.stream.Stream;

/**
 * Outputs of a session that people scored, a judge to be compared with.
 *
 * @param chosen in the order in which they were drawn
 * @param all how many there are; more than were chosen where there are very many
 */
record HumanScores(List<ScoredOutput> chosen, int all) {
  /**
   * Chooses by chance, so that a part of many is like the whole; never more than that part is in
   * memory. Analysis runs and failed executions are left out, and outputs whose input the database
   * does not say: nobody could judge them.
   *
   * @param most how many to choose; the same seed chooses the same
   */
  static HumanScores of(Corpus corpus, String sessionId, int most, long seed) {
    Map<String, String> labels = new HashMap<>();
    corpus.lineages().forEach(lineage -> labels.put(lineage.id(), label(lineage)));
    PriorityQueue<Drawn> lowest = new PriorityQueue<>(Comparator.comparing(Drawn::lot).reversed());
    int all = 0;
    try (Stream<Attempt> attempts = corpus.attempts(sessionId)) {
      for (Iterator<Attempt> each = attempts.iterator(); each.hasNext(); ) {
        Attempt attempt = each.next();
        var score = attempt.score();
        var output = attempt.output();
        if (attempt.kind() != AttemptKind.SCORED
            || score == null
            || output == null
            || attempt.input().isBlank()) {
          continue;
        }
        all++;
        String artifact = attempt.artifactId();
        String id = artifact == null ? attempt.id() : artifact;
        lowest.add(
            new Drawn(
                TextHash.of(Long.toString(seed), id).hex(),
                new ScoredOutput(
                    id,
                    labels.getOrDefault(attempt.lineageId(), attempt.lineageId()),
                    attempt.input(),
                    output,
                    score.value(),
                    score.comment())));
        if (lowest.size() > most) {
          lowest.remove();
        }
      }
    }
    return new HumanScores(
        lowest.stream().sorted(Comparator.comparing(Drawn::lot)).map(Drawn::output).toList(), all);
  }

  private static String label(Lineage lineage) {
    return lineage.label().isBlank() ? lineage.id() : lineage.label();
  }

  private record Drawn(String lot, ScoredOutput output) {}
}
