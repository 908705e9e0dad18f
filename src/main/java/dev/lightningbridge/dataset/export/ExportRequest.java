package dev.lightningbridge.dataset.export;

import dev.lightningbridge.corpus.Attempt;
import dev.lightningbridge.corpus.AttemptKind;
import dev.lightningbridge.corpus.Corpus;
import dev.lightningbridge.corpus.Lineage;
import dev.lightningbridge.corpus.Preference;
import dev.lightningbridge.corpus.Session;
import dev.lightningbridge.dataset.InputKey;
import dev.lightningbridge.dataset.split.Seals;
import dev.lightningbridge.dataset.split.SplitPlan;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What to export.
 *
 * @param out the folder that the files are put in; made where it is missing
 * @param sessionId only this session; null for all
 * @param minScore only attempts whose current score is at least this; null for the format's own
 *     rule
 * @param since the cursor of the export before, to export what is new; null for all
 * @param metadata whether sft says of each example where it comes from
 * @param pairs how dpo makes pairs
 * @param events how events are written
 * @param seals of the split into train, validation and test: its seed, and what was sealed before
 * @param inputs the inputs that sft and dpo take examples of; null for all
 * @param pooled ids of sessions whose attempts and locks sft and dpo take beside those of {@code
 *     sessionId}
 */
public record ExportRequest(
    Format format,
    Path out,
    @Nullable String sessionId,
    @Nullable Integer minScore,
    @Nullable String since,
    boolean metadata,
    PairRules pairs,
    EventShape events,
    SplitPlan plan,
    Seals seals,
    @Nullable Set<InputKey> inputs,
    List<String> pooled) {

  /** How events are written. */
  public enum EventShape {
    /** JSON Lines with the payloads. */
    WITH_PAYLOADS,
    /** JSON Lines without them. */
    WITHOUT_PAYLOADS,
    /** Comma-separated values, which have no payloads. */
    CSV,
    /** The same, with nothing in it that a spreadsheet would run. */
    CSV_SAFE
  }

  /** Everything in one format. */
  public static ExportRequest of(Format format, Path out) {
    return new ExportRequest(
        format,
        out,
        null,
        null,
        null,
        false,
        PairRules.DEFAULT,
        EventShape.WITH_PAYLOADS,
        SplitPlan.DEFAULT,
        Seals.none(0),
        null,
        List.of());
  }

  public ExportRequest withSession(@Nullable String id) {
    return new ExportRequest(
        format, out, id, minScore, since, metadata, pairs, events, plan, seals, inputs, pooled);
  }

  public ExportRequest withMinScore(@Nullable Integer score) {
    return new ExportRequest(
        format, out, sessionId, score, since, metadata, pairs, events, plan, seals, inputs, pooled);
  }

  public ExportRequest withSince(@Nullable String cursor) {
    return new ExportRequest(
        format, out, sessionId, minScore, cursor, metadata, pairs, events, plan, seals, inputs,
        pooled);
  }

  public ExportRequest withMetadata(boolean wanted) {
    return new ExportRequest(
        format, out, sessionId, minScore, since, wanted, pairs, events, plan, seals, inputs,
        pooled);
  }

  public ExportRequest withPairs(PairRules rules) {
    return new ExportRequest(
        format, out, sessionId, minScore, since, metadata, rules, events, plan, seals, inputs,
        pooled);
  }

  public ExportRequest withEvents(EventShape shape) {
    return new ExportRequest(
        format, out, sessionId, minScore, since, metadata, pairs, shape, plan, seals, inputs,
        pooled);
  }

  public ExportRequest withSplit(SplitPlan splitPlan, Seals sealed) {
    return new ExportRequest(
        format, out, sessionId, minScore, since, metadata, pairs, events, splitPlan, sealed, inputs,
        pooled);
  }

  /** Only examples of these inputs. */
  public ExportRequest withInputs(Set<InputKey> keys) {
    return new ExportRequest(
        format, out, sessionId, minScore, since, metadata, pairs, events, plan, seals, keys,
        pooled);
  }

  /** With these sessions too. */
  public ExportRequest withPooled(List<String> ids) {
    return new ExportRequest(
        format, out, sessionId, minScore, since, metadata, pairs, events, plan, seals, inputs, ids);
  }

  /** Whether the example is of an input that is asked for. */
  boolean takes(TuningExample example) {
    return inputs == null || inputs.contains(InputKey.of(example.input()));
  }

  /** The attempts asked for, whatever their score; close the stream. */
  Stream<Attempt> attempts(Corpus corpus) {
    return sessionId == null
        ? corpus.attempts()
        : pooled.stream().map(corpus::attempts).reduce(corpus.attempts(sessionId), Stream::concat);
  }

  boolean takes(Preference choice) {
    return sessionId == null
        || choice.sessionId().equals(sessionId)
        || pooled.contains(choice.sessionId());
  }

  /** Whether a minimum score that was asked for lets the attempt pass. */
  boolean lets(Attempt attempt) {
    return minScore == null
        || (attempt.kind() == AttemptKind.SCORED
            && attempt.score() != null
            && attempt.score().value() >= minScore);
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
