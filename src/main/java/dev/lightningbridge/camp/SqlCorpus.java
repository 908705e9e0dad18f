package dev.lightningbridge.camp;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lightningbridge.camp.files.CampError;
import dev.lightningbridge.common.Skipped;
import dev.lightningbridge.corpus.AgentVersion;
import dev.lightningbridge.corpus.Attempt;
import dev.lightningbridge.corpus.Corpus;
import dev.lightningbridge.corpus.Directive;
import dev.lightningbridge.corpus.EventMark;
import dev.lightningbridge.corpus.Insight;
import dev.lightningbridge.corpus.Lineage;
import dev.lightningbridge.corpus.Lock;
import dev.lightningbridge.corpus.Preference;
import dev.lightningbridge.corpus.Session;
import dev.lightningbridge.corpus.Span;
import dev.lightningbridge.corpus.TestCase;
import dev.lightningbridge.corpus.TrainingEvent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The corpus of an open database; what belongs together is joined in SQL. */
final class SqlCorpus implements Corpus {
  private final Tables tables;
  private final int version;
  private final Sessions sessions;
  private final AgentVersions agentVersions;
  private final HumanFeedback feedback;
  private final EventHistory history;
  private final Spans spans;
  private @Nullable List<AgentVersion> allVersions;
  private boolean isIndexed;

  SqlCorpus(Tables tables, int version, CampDatabase.Options options) {
    this.tables = tables;
    this.version = version;
    this.sessions = new Sessions(tables, options.includeOrphans());
    this.agentVersions = new AgentVersions(tables, sessions);
    this.feedback = new HumanFeedback(tables, sessions);
    this.history = new EventHistory(tables);
    this.spans = new Spans(tables);
  }

  @Override
  public int schemaVersion() {
    return version;
  }

  @Override
  public List<Session> sessions() {
    return sessions.sessions();
  }

  @Override
  public List<Lineage> lineages() {
    return sessions.lineages();
  }

  @Override
  public List<AgentVersion> agentVersions() {
    List<AgentVersion> all = allVersions;
    if (all == null) {
      all = agentVersions.all();
      allVersions = all;
    }
    return all;
  }

  @Override
  public List<AgentVersion> agentVersions(String lineageId) {
    return agentVersions.of(lineageId);
  }

  @Override
  public Optional<AgentVersion> currentAgent(String lineageId) {
    return CapturedVersions.current(agentVersions(lineageId));
  }

  @Override
  public Optional<Lineage> lineage(String id) {
    return sessions.lineage(id);
  }

  @Override
  public Stream<Attempt> attempts() {
    return readAttempts(" ORDER BY o.place");
  }

  @Override
  public Stream<Attempt> attempts(String sessionId) {
    return readAttempts(" WHERE o.session_id = ? ORDER BY o.place", sessionId);
  }

  @Override
  public List<Span> spans(String attemptId) {
    return spans.of(attemptId);
  }

  @Override
  public List<Lock> locks() {
    return feedback.locks();
  }

  @Override
  public List<Preference> comparisons() {
    return new Comparisons(tables, sessions).all();
  }

  @Override
  public Stream<TrainingEvent> events() {
    if (!sessions.areSomeLeftOut()) {
      return tables.stream(
          "SELECT %s FROM training_events e LEFT JOIN payload_blobs b ON b.hash = e.payload_hash"
                  .formatted(EventRow.columns("e", "b", ""))
              + " ORDER BY e.timestamp, e.row",
          row -> EventRow.read(row, ""));
    }
    return tables.stream(
        eventQuery() + " ORDER BY e.timestamp, e.row",
        row -> {
          String owner = row.text("owner");
          return owner == null || sessions.hasSession(owner) ? EventRow.read(row, "") : null;
        });
  }

  @Override
  public Stream<TrainingEvent> events(String sessionId) {
    return tables.stream(
        eventQuery() + " ORDER BY e.timestamp, e.row",
        row -> sessionId.equals(row.text("owner")) ? EventRow.read(row, "") : null);
  }

  @Override
  public Stream<EventMark> eventMarks(long fromRow) {
    return tables.stream(
        "SELECT id, row FROM training_events WHERE row >= ? ORDER BY row",
        row -> new EventMark(row.integer("row", 0), row.text("id", "")),
        fromRow);
  }

  @Override
  public Optional<EventMark> lastEvent() {
    return tables
        .list(
            "SELECT id, row FROM training_events ORDER BY row DESC LIMIT 1",
            row -> new EventMark(row.integer("row", 0), row.text("id", "")))
        .stream()
        .findFirst();
  }

  @Override
  public List<Insight> insights() {
    return feedback.insights();
  }

  @Override
  public List<Directive> directives() {
    return feedback.directives();
  }

  @Override
  public List<TestCase> testCases() {
    return tables.list(
        """
        SELECT id, row, session_id, name, input, NULL AS expected, created_at,
          (SELECT a.data FROM audit_log a WHERE a.entity_type = 'test_case'
            AND a.entity_id = c.id AND a.event_type = '%1$s') AS imported FROM test_cases c
        UNION ALL
        SELECT id, row, session_id, name, input, expected_output, created_at,
          (SELECT a.data FROM audit_log a WHERE a.entity_type = 'context_example'
            AND a.entity_id = c.id AND a.event_type = '%1$s') FROM context_examples c
        ORDER BY created_at, id"""
            .formatted(ImportedMarks.TASK),
        this::testCase);
  }

  @Override
  public List<Skipped> skipped() {
    return tables.problems().list();
  }

  private Stream<Attempt> readAttempts(String condition, String... arguments) {
    if (!isIndexed) {
      tables.run(resource("attempt-index.sql"));
      tables
          .list(
              """
              SELECT v.id FROM evaluations v WHERE NOT EXISTS
                (SELECT 1 FROM artifacts f WHERE f.id = v.artifact_id)""",
              row -> row.text("id", "?"))
          .forEach(
              id -> tables.problems().add(id, CampError.NO_ARTIFACT, "its artifact is not there"));
      isIndexed = true;
    }
    String sql =
        resource("attempts.sql")
            .replace("$end_event", EventRow.columns("e", "eb", "end_"))
            .replace("$score_event", EventRow.columns("s", "sb", "score_"));
    AttemptReader reader = new AttemptReader(history);
    return tables.stream(
        sql + condition,
        row -> {
          String session = row.text("session_id");
          return session == null || sessions.hasSession(session) ? reader.map(row) : null;
        },
        (Object[]) arguments);
  }

  private static String eventQuery() {
    return resource("events.sql").replace("$event", EventRow.columns("e", "eb", ""));
  }

  private @Nullable TestCase testCase(Row row) throws SQLException {
    String id = row.requiredId("test_cases");
    String session = row.text("session_id");
    if (id == null || session == null || !sessions.hasSession(session)) {
      return null;
    }
    JsonNode imported = JsonText.parse(row.text("imported"));
    return new TestCase(
        id,
        session,
        row.text("name", ""),
        row.text("input", ""),
        row.text("expected"),
        row.integer("created_at", 0),
        imported != null && imported.path(ImportedMarks.JSON).asBoolean(),
        imported == null ? null : JsonText.text(imported, ImportedMarks.TAG));
  }

  private static String resource(String name) {
    try (InputStream in = SqlCorpus.class.getResourceAsStream("/camp/" + name)) {
      if (in == null) {
        throw new IllegalStateException("missing from the build: " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
