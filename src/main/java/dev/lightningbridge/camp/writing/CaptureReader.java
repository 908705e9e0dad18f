package dev.lightningbridge.camp.writing;

import dev.lightningbridge.camp.AppRows;
import dev.lightningbridge.camp.CapturedVersions;
import dev.lightningbridge.camp.PreparedRows;
import dev.lightningbridge.camp.files.Sqlite;
import dev.lightningbridge.common.BridgeException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Looks up what an application asks for of its own session: outputs by the ids that it was told,
 * and prompts. Reads the file where it is, beside who writes it. A file that is not there holds
 * nothing.
 */
public final class CaptureReader {
  private static final String VERSIONS =
      """
      SELECT d.id, d.lineage_id, l.label, d.version, d.system_prompt,
        coalesce(CASE WHEN json_valid(d.parameters) THEN
          json_extract(d.parameters, '$.model') END, 'unknown'), d.updated_at
      FROM main.agent_definitions d JOIN main.lineages l ON l.id = d.lineage_id
      JOIN main.sessions s ON s.id = l.session_id
      WHERE s.name = ?1 OR s.id = ?1 ORDER BY l.label, d.version""";

  private final Path file;
  private final String session;

  /**
   * @param session its name or id
   */
  public CaptureReader(Path file, String session) {
    this.file = file;
    this.session = session;
  }

  /**
   * A version of an agent.
   *
   * @param lineage its label, A to H
   * @param number 1 upward within the lineage
   * @param madeAt in milliseconds since the epoch
   * @param decided whether somebody made it the agent: by a promotion or a rollback, in the app, by
   *     an import, or as the lineage's first; false where a call was made with it, and no more
   */
  public record Version(
      String id,
      String lineageId,
      String lineage,
      int number,
      String prompt,
      String model,
      long madeAt,
      boolean decided) {}

  /**
   * The artifact of the session's attempt.
   *
   * @throws BridgeException where the file cannot be read
   */
  public Optional<String> ofAttempt(String attemptId) {
    return reading(
        connection -> {
          String artifact = CaptureIds.artifact(app(connection), attemptId);
          List<String> lineage =
              row(connection, "SELECT lineage_id FROM main.artifacts WHERE id = ?", artifact);
          return lineage.isEmpty() || !lineages(connection).contains(lineage.get(0))
              ? null
              : artifact;
        });
  }

  /**
   * The artifact of the last attempt of the session's trace.
   *
   * @throws BridgeException where the file cannot be read
   */
  public Optional<String> ofTrace(String traceId) {
    return reading(
        connection -> {
          AppRows app = app(connection);
          String newest = null;
          long at = Long.MIN_VALUE;
          for (String lineage : lineages(connection)) {
            List<String> last =
                row(
                    connection,
                    """
                    SELECT id, created_at FROM main.attempts WHERE rollout_id = ?
                    ORDER BY created_at DESC, attempt_number DESC LIMIT 1""",
                    CaptureIds.ofTrace(app, lineage, traceId));
            if (!last.isEmpty() && Long.parseLong(last.get(1)) > at) {
              newest = CaptureIds.artifact(app, last.get(0));
              at = Long.parseLong(last.get(1));
            }
          }
          return newest;
        });
  }

  /**
   * A scored call.
   *
   * @param versionId of the agent version that it was made with
   * @param score 1 to 10, the last one that was given to it
   */
  public record ScoredCall(String versionId, int score) {}

  /**
   * The calls of the lineage that were made since a time and are scored, in the order of their
   * first scores.
   *
   * @param since milliseconds since the epoch
   * @throws BridgeException where the file cannot be read
   */
  public List<ScoredCall> scored(String lineageId, long since) {
    return reading(connection -> CapturedUse.scored(connection, lineageId, since))
        .orElse(List.of());
  }

  /**
   * What is known of the captured calls that were made with a version.
   *
   * @param recent of them, those since a time
   * @param scored of them, those with a score
   * @param meanScore 1 to 10; null where none has one
   */
  public record Use(long calls, long recent, long scored, @Nullable Double meanScore) {
    public static final Use NONE = new Use(0, 0, 0, null);
  }

  /**
   * The use of each version that was called, by its id.
   *
   * @param since from which on a call is recent, in milliseconds since the epoch
   * @throws BridgeException where the file cannot be read
   */
  public Map<String, Use> use(long since) {
    return reading(connection -> CapturedUse.byVersion(connection, session, since))
        .orElse(Map.of());
  }

  /**
   * All versions, by lineage and number.
   *
   * @throws BridgeException where the file cannot be read
   */
  public List<Version> versions() {
    return reading(this::versions).orElse(List.of());
  }

  private List<Version> versions(Connection connection) throws SQLException {
    List<Version> versions = new ArrayList<>();
    try (PreparedStatement query = connection.prepareStatement(VERSIONS)) {
      query.setString(1, session);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          String id = row.getString(1);
          String lineage = row.getString(2);
          String prompt = row.getString(5);
          versions.add(
              new Version(
                  id,
                  lineage,
                  row.getString(3),
                  row.getInt(4),
                  prompt,
                  row.getString(6),
                  row.getLong(7),
                  !CapturedVersions.isOne(id, lineage, prompt)));
        }
      }
    }
    return versions;
  }

  private Set<String> lineages(Connection connection) throws SQLException {
    return versions(connection).stream().map(Version::lineageId).collect(Collectors.toSet());
  }

  private static AppRows app(Connection connection) {
    return new AppRows(new PreparedRows(connection), 0);
  }

  private interface Reading<T> {
    @Nullable T of(Connection connection) throws SQLException;
  }

  private <T> Optional<T> reading(Reading<T> reading) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try (Connection connection = Sqlite.open(file, false)) {
      return Optional.ofNullable(reading.of(connection));
    } catch (SQLException e) {
      throw Sqlite.failure(e, file);
    }
  }

  /** The values of the first row; empty where there is none. */
  private static List<String> row(Connection connection, String sql, String value)
      throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      query.setString(1, value);
      List<String> found = new ArrayList<>();
      try (ResultSet row = query.executeQuery()) {
        if (row.next()) {
          for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
            found.add(row.getString(i));
          }
        }
      }
      return found;
    }
  }
}
