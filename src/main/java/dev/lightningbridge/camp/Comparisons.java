package dev.lightningbridge.camp;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lightningbridge.camp.files.CampError;
import dev.lightningbridge.corpus.Lineage;
import dev.lightningbridge.corpus.Preference;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code artifact.compared} events. Training Camp names the event's type and no shape of its
 * payload, so that every program writes its own: taken is one that names an artifact as the better
 * one and others as the worse ones, by the members listed here. Any other payload is reported.
 */
final class Comparisons {
  private static final List<String> BETTER =
      List.of("winnerArtifactId", "chosenArtifactId", "winnerId", "chosenId", "winner", "chosen");
  private static final List<String> WORSE =
      List.of(
          "loserArtifactIds",
          "rejectedArtifactIds",
          "loserArtifactId",
          "rejectedArtifactId",
          "loserIds",
          "rejectedIds",
          "loserId",
          "rejectedId",
          "loser",
          "rejected");
  private static final List<String> WHY = List.of("reason", "comment");

  private final Tables tables;
  private final Sessions sessions;

  Comparisons(Tables tables, Sessions sessions) {
    this.tables = tables;
    this.sessions = sessions;
  }

  /** By time. */
  List<Preference> all() {
    return tables.list(
        "SELECT %s FROM training_events e LEFT JOIN payload_blobs b ON b.hash = e.payload_hash"
                .formatted(EventRow.columns("e", "b", ""))
            + " WHERE e.event_type = 'artifact.compared' ORDER BY e.timestamp, e.row",
        this::read);
  }

  private @Nullable Preference read(Row row) throws SQLException {
    EventRow.Said said = new EventRow("").readSaid(row);
    if (said == null || said.payload().isMissingNode()) {
      return null;
    }
    String winner = texts(said.payload(), BETTER).findFirst().orElse(null);
    List<String> named = texts(said.payload(), WORSE).distinct().toList();
    if (winner == null || named.isEmpty()) {
      row.report(CampError.NO_CHOICE, "the payload names no better and no worse artifact");
      return null;
    }
    Optional<Lineage> lineage = lineageOf(winner);
    List<String> losers =
        named.stream().filter(id -> !id.equals(winner) && lineageOf(id).isPresent()).toList();
    if (lineage.isEmpty() || losers.isEmpty()) {
      row.report(CampError.NO_ARTIFACT, "the outputs that were compared are not there");
      return null;
    }
    return new Preference(
        Preference.Source.COMPARISON,
        said.event().id(),
        lineage.get().sessionId(),
        lineage.get().id(),
        winner,
        losers,
        texts(said.payload(), WHY).findFirst().orElse(null),
        said.event().timestamp());
  }

  private Optional<Lineage> lineageOf(String artifact) {
    return tables
        .list(
            "SELECT lineage_id FROM artifacts WHERE id = ?",
            found -> found.text("lineage_id"),
            artifact)
        .stream()
        .findFirst()
        .flatMap(sessions::lineage);
  }

  /** What the members of these names say, in the order of the names; blank texts are none. */
  private static Stream<String> texts(JsonNode payload, List<String> names) {
    List<String> texts = new ArrayList<>();
    for (String name : names) {
      JsonNode value = payload.path(name);
      if (value.isTextual()) {
        texts.add(value.textValue().strip());
      } else if (value.isArray()) {
        value.forEach(item -> texts.add(item.asText().strip()));
      }
    }
    return texts.stream().filter(text -> !text.isEmpty());
  }
}
