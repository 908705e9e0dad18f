package dev.lightningbridge.runs.promotion;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.findings.Finding;
import dev.lightningbridge.store.BridgeDatabase;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Proposals' findings in bridge.db, and which of them were accepted. */
final class FindingStore {
  private final BridgeDatabase database;

  FindingStore(BridgeDatabase database) {
    this.database = database;
  }

  /** The proposal's findings; empty where it was not looked at yet. */
  Optional<List<Finding>> of(String proposalId) {
    return column("findings_json", proposalId).map(json -> read(json, new TypeReference<>() {}));
  }

  /** The ids of those that a person accepted. */
  Set<String> accepted(String proposalId) {
    return column("accepted_json", proposalId)
        .map(json -> read(json, new TypeReference<Set<String>>() {}))
        .orElse(Set.of());
  }

  /** Keeps what was found, where nothing is kept yet; gives what is. */
  List<Finding> keep(String proposalId, List<Finding> findings) {
    database.useTransaction(
        handle ->
            handle.execute(
                "INSERT INTO findings (proposal_id, findings_json) VALUES (?, ?) ON CONFLICT DO NOTHING",
                proposalId,
                Json.write(findings)));
    return of(proposalId).orElse(findings);
  }

  /**
   * Notes what a person accepted.
   *
   * @param at milliseconds since the epoch
   */
  void accept(String proposalId, Set<String> ids, long at) {
    database.useTransaction(
        handle ->
            handle.execute(
                "UPDATE findings SET accepted_json = ?, accepted_at = ? WHERE proposal_id = ?",
                Json.write(new TreeSet<>(ids)),
                at,
                proposalId));
  }

  private Optional<String> column(String column, String proposalId) {
    return database.reading(
        handle ->
            handle
                .createQuery(
                    "SELECT <column> FROM findings WHERE proposal_id = :id AND <column> IS NOT NULL")
                .define("column", column)
                .bind("id", proposalId)
                .mapTo(String.class)
                .findOne());
  }

  private static <T> T read(String json, TypeReference<T> type) {
    try {
      return Json.mapper().readValue(json, type);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("bridge.db holds findings that cannot be read", e);
    }
  }
}
