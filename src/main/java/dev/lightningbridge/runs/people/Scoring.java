package dev.lightningbridge.runs.people;

import dev.lightningbridge.camp.CampDatabase;
import dev.lightningbridge.camp.ScoreWriter;
import dev.lightningbridge.camp.files.CampError;
import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.corpus.Attempt;
import dev.lightningbridge.corpus.Corpus;
import dev.lightningbridge.corpus.GivenScore;
import dev.lightningbridge.corpus.Lineage;
import dev.lightningbridge.corpus.ScoreWritten;
import dev.lightningbridge.grading.calibration.CalibrationReport;
import dev.lightningbridge.runs.CampGuard;
import dev.lightningbridge.runs.LineageChoice;
import dev.lightningbridge.runs.judging.JudgeStore;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** People's scores of a session's outputs: what there is, what comes next, and new ones. */
public final class Scoring {
  private final JudgeStore judges;
  private final CampGuard guard;
  private final Clock clock;

  public Scoring(JudgeStore judges, CampGuard guard, Clock clock) {
    this.judges = judges;
    this.guard = guard;
    this.clock = clock;
  }

  /**
   * The outputs that are meant, by the time when they were made.
   *
   * @param from how many are left out at the beginning; {@code limit} how many there are at most
   * @throws BridgeException where there is no such session, or the database cannot be read
   */
  public List<SessionOutput> list(
      Path camp, String sessionId, OutputFilter filter, int from, int limit) {
    return read(
        camp, sessionId, outputs -> outputs.filter(filter::takes).skip(from).limit(limit).toList());
  }

  /**
   * The output to be scored next, and how far the session is.
   *
   * @param output null where none is left
   */
  public record Next(@Nullable SessionOutput output, long scored, int unscored) {}

  /**
   * The output whose score tells most.
   *
   * @param skipped ids of outputs that shall not come now
   * @throws BridgeException as {@link #list}
   */
  public Next next(Path camp, String sessionId, Set<String> skipped) {
    ScoringOrder order = new ScoringOrder(disagreement(camp, sessionId));
    read(
        camp,
        sessionId,
        outputs -> {
          outputs.forEach(order::add);
          return order;
        });
    return new Next(
        order.next(skipped).flatMap(id -> find(camp, sessionId, id)).orElse(null),
        order.scored(),
        order.unscored());
  }

  /**
   * The output with this id.
   *
   * @throws BridgeException where the session has none, or it cannot be scored
   */
  public SessionOutput get(Path camp, String sessionId, String id) {
    return find(camp, sessionId, id)
        .orElseThrow(
            () ->
                new BridgeException(
                    CampError.OUTPUT_UNKNOWN,
                    "the session has no such output, or it cannot be scored",
                    id,
                    "Name an output that its list shows."));
  }

  /** The output with this id; empty where the session has none, or it cannot be scored. */
  private Optional<SessionOutput> find(Path camp, String sessionId, String id) {
    return read(camp, sessionId, outputs -> outputs.filter(o -> o.id().equals(id)).findFirst());
  }

  /**
   * Writes a score into the database.
   *
   * @throws BridgeException where the database may not be used or cannot be written, or has no such
   *     output
   */
  public ScoreWritten score(Path camp, GivenScore score) {
    guard.check(camp);
    return ScoreWriter.open(camp, clock, UUID::randomUUID).score(score);
  }

  /**
   * Takes the last score of the output back.
   *
   * @throws BridgeException as {@link #score}; where that score was not given here
   */
  public ScoreWritten undo(Path camp, String outputId) {
    guard.check(camp);
    return ScoreWriter.open(camp, clock, UUID::randomUUID).undo(outputId);
  }

  private Map<String, Double> disagreement(Path camp, String sessionId) {
    return judges
        .newest(camp.toString(), sessionId)
        .map(
            stored ->
                stored.report().lineages().stream()
                    .collect(
                        Collectors.toMap(
                            CalibrationReport.Lineage::lineage,
                            CalibrationReport.Lineage::mae,
                            Math::max)))
        .orElse(Map.of());
  }

  private interface Reading<T> {
    T of(Stream<SessionOutput> outputs);
  }

  private <T> T read(Path camp, String sessionId, Reading<T> reading) {
    guard.check(camp);
    try (CampDatabase database = CampDatabase.open(camp, CampDatabase.Options.DEFAULT)) {
      Corpus corpus = database.corpus();
      LineageChoice.requireSession(corpus, sessionId);
      Map<String, String> labels = new HashMap<>();
      for (Lineage lineage : corpus.lineages()) {
        labels.put(lineage.id(), lineage.label().isBlank() ? lineage.id() : lineage.label());
      }
      try (Stream<Attempt> attempts = corpus.attempts(sessionId)) {
        return reading.of(
            attempts
                .map(a -> SessionOutput.of(a, labels.getOrDefault(a.lineageId(), a.lineageId())))
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull));
      }
    }
  }
}
