package dev.lightningbridge.runs.judging;

import dev.lightningbridge.corpus.Attempt;
import dev.lightningbridge.corpus.Corpus;
import dev.lightningbridge.corpus.Lineage;
import dev.lightningbridge.corpus.Score;
import dev.lightningbridge.corpus.Session;
import dev.lightningbridge.dataset.TextHash;
import dev.lightningbridge.grading.calibration.ScoredOutput;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Outputs of some sessions that people scored, a judge to be compared with.
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
   * @param sessions the run's own first
   * @param most how many to choose; the same seed chooses the same
   */
  static HumanScores of(Corpus corpus, List<String> sessions, int most, long seed) {
    Map<String, String> labels = labels(corpus, sessions.getFirst());
    PriorityQueue<Drawn> lowest = new PriorityQueue<>(Comparator.comparing(Drawn::lot).reversed());
    int all = 0;
    for (String session : sessions) {
      try (Stream<Attempt> attempts = corpus.attempts(session)) {
        for (Iterator<Attempt> each = attempts.iterator(); each.hasNext(); ) {
          Attempt attempt = each.next();
          if (attempt.isScoredOutput()) {
            all++;
            lowest.add(Drawn.of(attempt, labels, seed));
            if (lowest.size() > most) {
              lowest.remove();
            }
          }
        }
      }
    }
    return new HumanScores(
        lowest.stream().sorted(Comparator.comparing(Drawn::lot)).map(Drawn::output).toList(), all);
  }

  /** Of lineages of other sessions with the name of these, since each session has an A. */
  private static Map<String, String> labels(Corpus corpus, String home) {
    Map<String, String> names =
        corpus.sessions().stream().collect(Collectors.toMap(Session::id, Session::name));
    Map<String, String> labels = new HashMap<>();
    for (Lineage lineage : corpus.lineages()) {
      String label = lineage.label().isBlank() ? lineage.id() : lineage.label();
      String name = names.getOrDefault(lineage.sessionId(), lineage.sessionId());
      labels.put(lineage.id(), lineage.sessionId().equals(home) ? label : name + "/" + label);
    }
    return labels;
  }

  private record Drawn(String lot, ScoredOutput output) {
    static Drawn of(Attempt attempt, Map<String, String> labels, long seed) {
      String artifact = attempt.artifactId();
      String id = artifact == null ? attempt.id() : artifact;
      Score score = Objects.requireNonNull(attempt.score());
      return new Drawn(
          TextHash.of(Long.toString(seed), id).hex(),
          new ScoredOutput(
              id,
              labels.getOrDefault(attempt.lineageId(), attempt.lineageId()),
              attempt.input(),
              Objects.requireNonNull(attempt.output()),
              score.value(),
              score.comment()));
    }
  }
}
