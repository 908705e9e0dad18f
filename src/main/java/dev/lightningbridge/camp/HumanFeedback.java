package dev.lightningbridge.camp;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lightningbridge.camp.files.CampError;
import dev.lightningbridge.corpus.Directive;
import dev.lightningbridge.corpus.Insight;
import dev.lightningbridge.corpus.Lineage;
import dev.lightningbridge.corpus.Lock;
import dev.lightningbridge.corpus.TrainingEvent;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What people said: locks, directives and comments. A one-shot directive is wiped from its lineage
 * by the next evolution and lives on only in that evolution's record.
 */
final class HumanFeedback {
  private final Tables tables;
  private final Sessions sessions;

  HumanFeedback(Tables tables, Sessions sessions) {
    this.tables = tables;
    this.sessions = sessions;
  }

  List<Directive> directives() {
    List<Directive> all = new ArrayList<>();
    for (Lineage lineage : sessions.lineages()) {
      add(
          all,
          lineage.id(),
          Directive.Kind.STICKY,
          lineage.stickyDirectives(),
          lineage.createdAt(),
          lineage.id());
      add(
          all,
          lineage.id(),
          Directive.Kind.ONE_SHOT,
          lineage.oneShotDirectives(),
          lineage.createdAt(),
          lineage.id());
    }
    tables
        .list("SELECT * FROM evolution_records ORDER BY created_at, row", this::ofEvolution)
        .forEach(all::addAll);
    all.addAll(
        tables.list(
            """
            SELECT v.id, f.lineage_id, v.comment, v.created_at FROM evaluations v
            JOIN artifacts f ON f.id = v.artifact_id WHERE v.comment IS NOT NULL""",
            row -> comment(row, "comment")));
    all.addAll(
        tables.list(
            "SELECT %s FROM training_events e LEFT JOIN payload_blobs b ON b.hash = e.payload_hash"
                    .formatted(EventRow.columns("e", "b", ""))
                + " WHERE e.event_type = 'directive.added'",
            this::ofEvent));
    Set<String> seen = new HashSet<>();
    return all.stream()
        .filter(d -> !d.text().isBlank() && sessions.hasLineage(d.lineageId()))
        .sorted(Comparator.comparingLong(Directive::at))
        .filter(d -> seen.add(d.lineageId() + d.kind() + d.text()))
        .toList();
  }

  List<Insight> insights() {
    return tables.list(
        "SELECT * FROM learning_insights ORDER BY updated_at, row",
        row -> {
          String pattern = row.text("pattern", "").strip();
          String session = row.text("session_id", "");
          return pattern.isEmpty() || !sessions.hasSession(session)
              ? null
              : new Insight(
                  row.text("id", ""),
                  session,
                  pattern,
                  row.small("success_count", 0),
                  row.small("failure_count", 0),
                  row.real("avg_score_impact"),
                  row.integer("updated_at", 0));
        });
  }

  List<Lock> locks() {
    return tables.list(
        "SELECT %s FROM training_events e LEFT JOIN payload_blobs b ON b.hash = e.payload_hash"
                .formatted(EventRow.columns("e", "b", ""))
            + " WHERE e.event_type = 'lineage.locked' ORDER BY e.timestamp, e.row",
        this::lock);
  }

  private @Nullable Lock lock(Row row) throws SQLException {
    TrainingEvent event = EventRow.read(row, "");
    String lineageId = event == null ? null : event.lineageId();
    Lineage lineage = lineageId == null ? null : sessions.lineage(lineageId).orElse(null);
    if (event == null || lineage == null) {
      return null;
    }
    String winner = latestArtifact(lineage.id(), event.timestamp());
    if (winner == null) {
      row.report(CampError.NO_ARTIFACT, "the locked lineage had no artifact yet");
      return null;
    }
    JsonNode payload = JsonText.parse(event.payload());
    List<String> competitors =
        payload == null ? List.of() : JsonText.texts(payload.path("competitorIds"));
    List<String> losers = new ArrayList<>();
    for (String competitor : competitors) {
      String artifact = latestArtifact(competitor, event.timestamp());
      if (artifact != null) {
        losers.add(artifact);
      }
    }
    return new Lock(
        event.id(),
        lineage.sessionId(),
        lineage.id(),
        competitors,
        winner,
        List.copyOf(losers),
        event.timestamp());
  }

  private @Nullable String latestArtifact(String lineageId, long at) {
    return tables
        .list(
            """
            SELECT id FROM artifacts WHERE lineage_id = ? AND created_at <= ? AND id IS NOT NULL
            ORDER BY created_at DESC, cycle DESC, row DESC LIMIT 1""",
            row -> row.text("id"),
            lineageId,
            at)
        .stream()
        .findFirst()
        .orElse(null);
  }

  private List<Directive> ofEvolution(Row row) throws SQLException {
    List<Directive> found = new ArrayList<>();
    String lineageId = row.text("lineage_id", "");
    long at = row.integer("created_at", 0);
    String id = row.text("id", "");
    JsonNode given = JsonText.parse(row.text("trigger_directives"));
    if (given == null) {
      row.report(CampError.BAD_JSON, "its trigger_directives are no JSON");
    } else {
      add(found, lineageId, Directive.Kind.STICKY, texts(given, "sticky"), at, id);
      add(found, lineageId, Directive.Kind.ONE_SHOT, texts(given, "oneshot"), at, id);
    }
    Directive comment = comment(row, "trigger_comment");
    if (comment != null) {
      found.add(comment);
    }
    return found;
  }

  /** Old releases recorded one text where later ones record a list. */
  private static List<String> texts(JsonNode given, String name) {
    JsonNode value = given.path(name);
    return value.isTextual() ? List.of(value.textValue()) : JsonText.texts(value);
  }

  private static @Nullable Directive comment(Row row, String column) throws SQLException {
    String text = row.text(column);
    return text == null
        ? null
        : new Directive(
            row.text("lineage_id", ""),
            Directive.Kind.COMMENT,
            text,
            row.integer("created_at", 0),
            row.text("id", ""));
  }

  private @Nullable Directive ofEvent(Row row) throws SQLException {
    TrainingEvent event = EventRow.read(row, "");
    JsonNode payload = event == null ? null : JsonText.parse(event.payload());
    String lineageId = event == null ? null : event.lineageId();
    String text = payload == null ? null : JsonText.text(payload, "content");
    if (event == null || payload == null || lineageId == null || text == null) {
      return null;
    }
    boolean sticky = "sticky".equals(JsonText.text(payload, "directiveType"));
    return new Directive(
        lineageId,
        sticky ? Directive.Kind.STICKY : Directive.Kind.ONE_SHOT,
        text,
        event.timestamp(),
        event.id());
  }

  private static void add(
      List<Directive> to,
      String lineageId,
      Directive.Kind kind,
      List<String> texts,
      long at,
      String rowId) {
    texts.forEach(text -> to.add(new Directive(lineageId, kind, text, at, rowId)));
  }
}
