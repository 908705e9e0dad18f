package dev.lightningbridge.camp;

import dev.lightningbridge.corpus.Span;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The spans of attempts, by their order. */
final class Spans {
  private final Tables tables;
  private @Nullable Boolean hasSpans;

  Spans(Tables tables) {
    this.tables = tables;
  }

  List<Span> of(String attemptId) {
    if (!hasSpans()) {
      return List.of();
    }
    return tables.list(
        "SELECT * FROM execution_spans WHERE attempt_id = ? ORDER BY sequence, row",
        Spans::span,
        attemptId);
  }

  /** Only agents with a flow leave spans, and today's app makes none. */
  private boolean hasSpans() {
    Boolean known = hasSpans;
    if (known == null) {
      known = !tables.list("SELECT row FROM execution_spans LIMIT 1", row -> true).isEmpty();
      hasSpans = known;
    }
    return known;
  }

  private static @Nullable Span span(Row row) throws SQLException {
    String id = row.requiredId("execution_spans");
    return id == null
        ? null
        : new Span(
            id,
            row.text("attempt_id", ""),
            row.small("sequence", 0),
            row.text("type", ""),
            row.text("input"),
            row.text("output"),
            row.text("model_id"),
            row.text("tool_name"),
            row.text("tool_args"),
            row.text("tool_result"),
            row.text("tool_error"),
            row.integer("duration_ms"),
            row.integer("created_at", 0));
  }
}
