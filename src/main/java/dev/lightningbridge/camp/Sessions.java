package dev.lightningbridge.camp;

import dev.lightningbridge.camp.files.CampError;
import dev.lightningbridge.corpus.Lineage;
import dev.lightningbridge.corpus.Session;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The sessions and lineages of a database. Deleting a session in the app leaves its lineages and
 * all below them in the file: they are left out and counted, or taken in under a stand-in.
 */
final class Sessions {
  private static final String NAMED_BY_EVENTS =
      """
      SELECT DISTINCT session_id AS id FROM training_events
      WHERE session_id IS NOT NULL AND session_id NOT IN (SELECT id FROM sessions WHERE id > '')""";

  private final List<Session> sessions;
  private final List<Lineage> lineages;
  private final Map<String, Lineage> byId = new HashMap<>();
  private final boolean areSomeLeftOut;
  private final Set<String> leftOut = new HashSet<>();
  private final Map<String, Integer> places = new LinkedHashMap<>();

  Sessions(Tables tables, boolean includeOrphans) {
    List<Session> kept =
        new ArrayList<>(
            tables.list("SELECT * FROM sessions ORDER BY created_at, id", Sessions::session));
    for (Session session : kept) {
      places.put(session.id(), places.size());
    }
    Map<String, List<Lineage>> orphans = new TreeMap<>();
    for (Lineage lineage : tables.list("SELECT * FROM lineages", Sessions::lineage)) {
      if (places.containsKey(lineage.sessionId())) {
        byId.put(lineage.id(), lineage);
      } else {
        orphans.computeIfAbsent(lineage.sessionId(), s -> new ArrayList<>()).add(lineage);
      }
    }
    for (String id : tables.list(NAMED_BY_EVENTS, row -> row.text("id"))) {
      orphans.putIfAbsent(id, new ArrayList<>());
    }
    areSomeLeftOut = !includeOrphans && !orphans.isEmpty();
    orphans.forEach(
        (id, found) -> {
          tables.problems().add(id, CampError.DELETED_SESSION, whatIsLeft(tables, id));
          if (includeOrphans) {
            kept.add(standIn(id, found));
            places.put(id, places.size());
            found.forEach(l -> byId.put(l.id(), l));
          } else {
            found.forEach(l -> leftOut.add(l.id()));
          }
        });
    sessions = List.copyOf(kept);
    lineages =
        byId.values().stream()
            .sorted(
                Comparator.comparing((Lineage l) -> places.getOrDefault(l.sessionId(), 0))
                    .thenComparing(Lineage::label)
                    .thenComparing(Lineage::id))
            .toList();
  }

  List<Session> sessions() {
    return sessions;
  }

  List<Lineage> lineages() {
    return lineages;
  }

  boolean hasSession(@Nullable String id) {
    return id != null && places.containsKey(id);
  }

  boolean hasLineage(@Nullable String id) {
    return id != null && byId.containsKey(id);
  }

  Optional<Lineage> lineage(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  /** Whether anything belongs to deleted sessions and is left out. */
  boolean areSomeLeftOut() {
    return areSomeLeftOut;
  }

  /** Whether the lineage is left out because its session was deleted. */
  boolean isLeftOut(@Nullable String lineageId) {
    return lineageId != null && leftOut.contains(lineageId);
  }

  private static Session standIn(String id, List<Lineage> found) {
    long since = found.stream().mapToLong(Lineage::createdAt).min().orElse(0);
    return new Session(id, "(deleted session " + id + ")", "", null, null, since);
  }

  private static String whatIsLeft(Tables tables, String sessionId) {
    return tables
        .list(
            """
            WITH lost AS (SELECT id FROM lineages WHERE session_id = ?)
            SELECT 'counts' AS id,
              'the session was deleted; of it are left ' ||
              (SELECT count(*) FROM lost) || ' lineages, ' ||
              (SELECT count(*) FROM agent_definitions WHERE lineage_id IN lost) ||
              ' agent versions, ' ||
              (SELECT count(*) FROM artifacts WHERE lineage_id IN lost) || ' artifacts' AS said""",
            row -> row.text("said"),
            sessionId)
        .get(0);
  }

  private static @Nullable Session session(Row row) throws SQLException {
    String id = row.requiredId("sessions");
    return id == null
        ? null
        : new Session(
            id,
            row.text("name", ""),
            row.text("need", ""),
            row.text("constraints"),
            row.text("input_prompt"),
            row.integer("created_at", 0));
  }

  private static @Nullable Lineage lineage(Row row) throws SQLException {
    String id = row.requiredId("lineages");
    if (id == null) {
      return null;
    }
    String label = row.text("label", "");
    if (!label.matches("[A-H]")) {
      row.report(CampError.UNKNOWN_LABEL, "the label is \"%s\"".formatted(label));
    }
    return new Lineage(
        id,
        row.text("session_id", ""),
        label,
        row.text("strategy_tag"),
        row.integer("is_locked", 0) != 0,
        directives(row.text("directive_sticky")),
        directives(row.text("directive_oneshot")),
        row.integer("created_at", 0));
  }

  /** A JSON array of texts since version 9, a plain text before. */
  private static List<String> directives(@Nullable String stored) {
    if (stored == null || stored.isBlank()) {
      return List.of();
    }
    List<String> texts = JsonText.texts(stored);
    return texts == null ? List.of(stored) : List.copyOf(texts);
  }
}
