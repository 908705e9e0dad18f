package dev.lightningbridge.runs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.optimize.verdict.PairedRollout;
import dev.lightningbridge.store.BridgeDatabase;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;

/** What runs' verdicts rest on, task by task, in bridge.db. */
public final class EvidenceStore {
  private final BridgeDatabase database;

  public EvidenceStore(BridgeDatabase database) {
    this.database = database;
  }

  /** Keeps the pairs of a run's sealed test, in the place of those of an earlier start. */
  public void keep(String runId, List<PairedRollout> pairs) {
    String json = Json.write(pairs.stream().map(TaskEvidence::of).toList());
    database.useTransaction(
        handle -> {
          handle.execute("DELETE FROM test_evidence WHERE run_id = ?", runId);
          handle.execute("INSERT INTO test_evidence VALUES (?, ?)", runId, json);
        });
  }

  /** Of a run, the worst regressions first; empty where its test was not opened. */
  public List<TaskEvidence> of(String runId) {
    return database
        .reading(
            handle ->
                handle
                    .createQuery("SELECT evidence_json FROM test_evidence WHERE run_id = :id")
                    .bind("id", runId)
                    .mapTo(String.class)
                    .findOne())
        .map(EvidenceStore::read)
        .orElse(List.of())
        .stream()
        .sorted(
            Comparator.comparing(
                TaskEvidence::difference, Comparator.nullsLast(Comparator.naturalOrder())))
        .toList();
  }

  private static List<TaskEvidence> read(String json) {
    try {
      return Json.mapper().readValue(json, new TypeReference<>() {});
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("bridge.db holds evidence that cannot be read", e);
    }
  }
}
