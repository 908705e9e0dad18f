package dev.lightningbridge.dataset.export;

import dev.lightningbridge.camp.Attempt;
import dev.lightningbridge.camp.AttemptKind;
import dev.lightningbridge.camp.Corpus;
import dev.lightningbridge.camp.Lineage;
import dev.lightningbridge.camp.Session;
import dev.lightningbridge.dataset.SplitPlan;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What to export.
 *
 * @param out the folder that the files are put in; made where it is missing
 * @param sessionId only this session; null for all
 * @param minScore only attempts whose current score is at least this; null for the format's own
 *     rule
 * @param seed of the split into train, validation and test
 */
public record ExportRequest(
    Format format,
    Path out,
    @Nullable String sessionId,
    @Nullable Integer minScore,
    SplitPlan plan,
    long seed) {

  /** Everything in one format. */
  public static ExportRequest of(Format format, Path out) {
    return new ExportRequest(format, out, null, null, SplitPlan.DEFAULT, 0);
  }

  public ExportRequest withSession(@Nullable String id) {
    return new ExportRequest(format, out, id, minScore, plan, seed);
  }

  public ExportRequest withMinScore(@Nullable Integer score) {
    return new ExportRequest(format, out, sessionId, score, plan, seed);
  }

  public ExportRequest withSplit(SplitPlan splitPlan, long splitSeed) {
    return new ExportRequest(format, out, sessionId, minScore, splitPlan, splitSeed);
  }

  /** The attempts asked for; close the stream. */
  Stream<Attempt> attempts(Corpus corpus) {
    Stream<Attempt> all = sessionId == null ? corpus.attempts() : corpus.attempts(sessionId);
    return minScore == null
        ? all
        : all.filter(
            a ->
                a.kind() == AttemptKind.SCORED
                    && a.score() != null
                    && a.score().value() >= minScore);
  }

  List<Session> sessions(Corpus corpus) {
    return corpus.sessions().stream()
        .filter(s -> sessionId == null || s.id().equals(sessionId))
        .toList();
  }

  /** The lineages asked for. */
  List<Lineage> lineages(Corpus corpus) {
    return corpus.lineages().stream()
        .filter(l -> sessionId == null || l.sessionId().equals(sessionId))
        .toList();
  }
}
