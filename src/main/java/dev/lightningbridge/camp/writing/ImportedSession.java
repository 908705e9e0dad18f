package dev.lightningbridge.camp.writing;

import static dev.lightningbridge.camp.Inserts.ordered;

import dev.lightningbridge.camp.AppRows;
import dev.lightningbridge.camp.files.CampError;
import dev.lightningbridge.common.BridgeException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The session that is imported into, with its lineages and agent versions as they stand. */
final class ImportedSession {
  private static final String LABELS = "ABCDEFGH";

  private final Connection connection;
  private final AppRows app;
  private final CampImport.NewSession wanted;
  private final Path shown;
  private final String id;
  private final List<String> labels = new ArrayList<>();
  private final List<ImportedVersion> versions = new ArrayList<>();
  private final Map<String, Integer> cycles = new HashMap<>();
  private final ImportedAgents agents;
  private boolean changed;

  private ImportedSession(
      Connection connection, AppRows app, CampImport.NewSession wanted, Path shown)
      throws SQLException {
    this.connection = connection;
    this.app = app;
    this.wanted = wanted;
    this.shown = shown;
    List<String> found =
        texts("SELECT id FROM main.sessions WHERE id = ?1 OR name = ?1 ORDER BY id", wanted.name());
    if (found.size() > 1) {
      throw new BridgeException(
          CampError.SESSION_AMBIGUOUS,
          "%d sessions are called \"%s\"".formatted(found.size(), wanted.name()),
          shown.toString(),
          "Name one by its id: " + String.join(", ", found) + ".");
    }
    this.id = found.isEmpty() ? app.id("session", wanted.name()) : found.get(0);
    this.agents = new ImportedAgents(app, wanted, id);
    if (found.isEmpty()) {
      insert();
    } else {
      read();
    }
  }

  static ImportedSession open(
      Connection connection, AppRows app, CampImport.NewSession wanted, Path shown)
      throws SQLException {
    return new ImportedSession(connection, app, wanted, shown);
  }

  String id() {
    return id;
  }

  List<ImportedVersion> versions() {
    return List.copyOf(versions);
  }

  /** Whether it, or a lineage or version of it, was made. */
  boolean isChanged() {
    return changed;
  }

  private void insert() throws SQLException {
    changed = true;
    Map<String, Object> row =
        ordered(
            "id", id,
            "name", wanted.name(),
            "need", wanted.need(),
            "initial_agent_count", 1,
            "trainer_messages", "[]",
            "created_at", app.now(),
            "updated_at", app.now());
    row.keySet()
        .retainAll(
            texts("SELECT name FROM pragma_table_info('sessions', 'main') WHERE ?1 = ''", ""));
    app.rows().insert("sessions", row);
    app.audit(
        "session_created",
        "session",
        id,
        ordered("name", wanted.name(), "initialAgentCount", 1),
        app.now());
  }

  private void read() throws SQLException {
    labels.addAll(texts("SELECT label FROM main.lineages WHERE session_id = ?1", id));
    String sql =
        """
        SELECT d.id, d.lineage_id, d.version, d.system_prompt,
          coalesce(CASE WHEN json_valid(d.parameters) THEN
            json_extract(d.parameters, '$.model') END, 'unknown'), l.is_locked,
          (SELECT f.system_prompt FROM main.agent_definitions f
            WHERE f.lineage_id = d.lineage_id ORDER BY f.version LIMIT 1)
        FROM main.agent_definitions d JOIN main.lineages l ON l.id = d.lineage_id
        WHERE l.session_id = ? ORDER BY l.label, d.version""";
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      query.setString(1, id);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          String lineage = row.getString(2);
          boolean ours =
              row.getInt(6) == 0 && lineage.equals(app.id("lineage", id, row.getString(7)));
          versions.add(
              new ImportedVersion(
                  row.getString(1),
                  lineage,
                  row.getInt(3),
                  row.getString(4),
                  row.getString(5),
                  ours));
        }
      }
    }
  }

  /** The next free cycle of the lineage: each output has one of its own. */
  int nextCycle(String lineageId) throws SQLException {
    Integer last = cycles.get(lineageId);
    if (last == null) {
      String most =
          app.rows().find("SELECT max(cycle) FROM main.artifacts WHERE lineage_id = ?", lineageId);
      last = most == null ? 0 : Integer.parseInt(most);
    }
    cycles.put(lineageId, last + 1);
    return last + 1;
  }

  ImportedVersion version(String prompt, @Nullable String lineageId) throws SQLException {
    for (ImportedVersion version : versions) {
      if (version.prompt().equals(prompt)) {
        return version;
      }
    }
    ImportedVersion made =
        lineageId == null
            ? agents.first(prompt, freeLabel())
            : agents.next(prompt, newest(lineageId));
    changed = true;
    versions.add(made);
    return made;
  }

  private ImportedVersion newest(String lineageId) {
    return versions.stream()
        .filter(v -> v.lineageId().equals(lineageId))
        .reduce((a, b) -> b.number() > a.number() ? b : a)
        .orElseThrow(() -> new IllegalArgumentException("no such lineage: " + lineageId));
  }

  private String freeLabel() {
    String free =
        LABELS
            .chars()
            .mapToObj(Character::toString)
            .filter(l -> !labels.contains(l))
            .findFirst()
            .orElseThrow(
                () ->
                    new BridgeException(
                        CampError.TOO_MANY_LINEAGES,
                        "the session has eight lineages, and no more fit into it",
                        shown.toString(),
                        "Import the rows of other prompts into another --session."));
    labels.add(free);
    return free;
  }

  private List<String> texts(String sql, String value) throws SQLException {
    List<String> texts = new ArrayList<>();
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      query.setString(1, value);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          texts.add(row.getString(1));
        }
      }
    }
    return texts;
  }
}
