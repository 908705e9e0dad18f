package dev.lightningbridge.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.store.BridgeDatabase;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A run's journal in bridge.db. What a method has written is on the disk when it returns.
 *
 * <p>One journal per run and process: the calls of earlier processes are read when it is made.
 */
public final class SqliteCallJournal implements CallJournal {
  private final BridgeDatabase database;
  private final String runId;
  private final Clock clock;
  private final GroupCommit commits;

  /** Asked of every call, and without a read of the disk for those of a run's first process. */
  private final Set<CallKey> earlier;

  public SqliteCallJournal(BridgeDatabase database, String runId, Clock clock) {
    this.database = database;
    this.runId = runId;
    this.clock = clock;
    this.commits = new GroupCommit(database);
    this.earlier =
        database.inTransaction(
            h ->
                h.select("SELECT request_hash, ordinal FROM calls WHERE run_id = ?", runId)
                    .map((row, c) -> new CallKey(row.getString(1), row.getInt(2)))
                    .collect(Collectors.toUnmodifiableSet()));
  }

  @Override
  public Optional<Entry> find(CallKey key) {
    if (!earlier.contains(key)) {
      return Optional.empty();
    }
    return database.inTransaction(
        h ->
            h.select(
                    """
                    SELECT state, answer_json, error_kind, error,
                           attempts, turned_down, prompt_tokens, completion_tokens, usd
                    FROM calls WHERE run_id = ? AND request_hash = ? AND ordinal = ?""",
                    runId,
                    key.requestHash(),
                    key.ordinal())
                .map((row, c) -> entry(row, key))
                .findOne());
  }

  private Entry entry(ResultSet row, CallKey key) throws SQLException {
    Spend charged = spend(row, 5);
    return switch (row.getString(1)) {
      case "done" -> new Entry.Done(answer(row.getString(2), key), charged);
      case "failed" ->
          new Entry.Failed(
              ModelException.Kind.valueOf(row.getString(3)), row.getString(4), charged);
      default -> new Entry.Reserved(charged);
    };
  }

  private static Spend spend(ResultSet row, int column) throws SQLException {
    return new Spend(
        row.getLong(column),
        row.getLong(column + 1),
        row.getLong(column + 2),
        row.getLong(column + 3),
        row.getDouble(column + 4));
  }

  private ObjectNode answer(String json, CallKey key) {
    try {
      if (Json.mapper().readTree(json) instanceof ObjectNode object) {
        return object;
      }
      throw unreadable(key, null);
    } catch (JsonProcessingException e) {
      throw unreadable(key, e);
    }
  }

  private BridgeException unreadable(CallKey key, @Nullable Exception e) {
    return new BridgeException(
        ModelError.JOURNAL_UNREADABLE,
        "A kept answer is no JSON object",
        "run " + runId + ", call " + key.requestHash() + "/" + key.ordinal(),
        "Restore bridge.db from a copy, or start a new run.",
        e);
  }

  @Override
  public void reserved(CallKey key, ModelRole role, String model, Spend charged) {
    write(
        """
        INSERT INTO calls (run_id, request_hash, ordinal, role, model, state, attempts,
                           turned_down, prompt_tokens, completion_tokens, usd, reserved_at)
        VALUES (:run, :hash, :ordinal, :role, :model, 'reserved', :attempts, :turnedDown, :prompt, :completion,
                :usd, :at)
        ON CONFLICT (run_id, request_hash, ordinal) DO UPDATE SET state = 'reserved', error_kind = NULL, error = NULL,
          attempts = excluded.attempts, turned_down = excluded.turned_down,
          prompt_tokens = excluded.prompt_tokens,
          completion_tokens = excluded.completion_tokens, usd = excluded.usd""",
        key,
        charged,
        Map.of("role", role.name(), "model", model));
  }

  @Override
  public void done(CallKey key, ObjectNode answer, Spend charged) {
    end(key, charged, "done", Map.of("answer", Json.write(answer), "kind", "", "error", ""));
  }

  @Override
  public void failed(CallKey key, ModelException failure, Spend charged) {
    end(
        key,
        charged,
        "failed",
        Map.of(
            "answer", "",
            "kind", failure.kind().name(),
            "error", String.valueOf(failure.getMessage())));
  }

  private void end(CallKey key, Spend charged, String state, Map<String, String> rest) {
    write(
        """
        UPDATE calls SET state = '%s', answer_json = nullif(:answer, ''),
          error_kind = nullif(:kind, ''), error = nullif(:error, ''), attempts = :attempts, turned_down = :turnedDown,
          prompt_tokens = :prompt, completion_tokens = :completion, usd = :usd, done_at = :at
        WHERE run_id = :run AND request_hash = :hash AND ordinal = :ordinal"""
            .formatted(state),
        key,
        charged,
        rest);
  }

  private void write(String sql, CallKey key, Spend charged, Map<String, String> rest) {
    commits.run(
        h ->
            h.createUpdate(sql)
                .bind("run", runId)
                .bind("hash", key.requestHash())
                .bind("ordinal", key.ordinal())
                .bind("attempts", charged.calls())
                .bind("turnedDown", charged.turnedDown())
                .bind("prompt", charged.promptTokens())
                .bind("completion", charged.completionTokens())
                .bind("usd", charged.usd())
                .bind("at", clock.millis())
                .bindMap(rest)
                .execute());
  }

  @Override
  public Spend spent() {
    return database.inTransaction(
        h ->
            h.select(
                    """
                    SELECT coalesce(sum(attempts), 0), coalesce(sum(turned_down), 0),
                           coalesce(sum(prompt_tokens), 0), coalesce(sum(completion_tokens), 0), coalesce(sum(usd), 0)
                    FROM calls WHERE run_id = ?""",
                    runId)
                .map((row, c) -> spend(row, 1))
                .one());
  }
}
