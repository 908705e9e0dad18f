package dev.lightningbridge.runs.judging;

import dev.lightningbridge.common.Json;
import dev.lightningbridge.grading.calibration.CalibrationReport;
import dev.lightningbridge.store.BridgeDatabase;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Calibrations of judges in bridge.db, and which one each run goes by. */
public final class JudgeStore {
  private static final int NEWEST = 20;

  private final BridgeDatabase database;

  public JudgeStore(BridgeDatabase database) {
    this.database = database;
  }

  /** Keeps a calibration; one that is there already stays as it is. */
  void save(StoredCalibration calibration) {
    database.useTransaction(
        handle ->
            handle.execute(
                """
                INSERT INTO calibrations (id, camp_path, session_id, model, fingerprint, seed,
                    outputs, report_json, created_at, session_name)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
                """,
                calibration.id(),
                calibration.campPath(),
                calibration.sessionId(),
                calibration.model(),
                calibration.fingerprint(),
                calibration.seed(),
                calibration.outputs(),
                Json.write(calibration.report()),
                calibration.createdAt(),
                calibration.sessionName()));
  }

  /** Of every judge and session, the newest first. */
  public List<StoredCalibration> newest(int limit) {
    return database.reading(
        handle ->
            handle
                .createQuery("SELECT * FROM calibrations ORDER BY created_at DESC, id LIMIT :limit")
                .bind("limit", limit)
                .map((rs, context) -> calibration(rs))
                .list());
  }

  /** The calibration with this id. */
  public Optional<StoredCalibration> find(String id) {
    return database.reading(
        handle ->
            handle
                .createQuery("SELECT * FROM calibrations WHERE id = :id")
                .bind("id", id)
                .map((rs, context) -> calibration(rs))
                .findOne());
  }

  /** The newest one on this session, of whichever judge. */
  public Optional<StoredCalibration> newest(String campPath, String sessionId) {
    return database.reading(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT * FROM calibrations WHERE camp_path = :camp AND session_id = :session
                    ORDER BY created_at DESC, id LIMIT 1
                    """)
                .bind("camp", campPath)
                .bind("session", sessionId)
                .map((rs, context) -> calibration(rs))
                .findOne());
  }

  /** Of this judge on this session, the newest first. */
  public List<StoredCalibration> newest(String campPath, String sessionId, String model) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT * FROM calibrations
                    WHERE camp_path = :camp AND session_id = :session AND model = :model
                    ORDER BY created_at DESC, id LIMIT :limit
                    """)
                .bind("camp", campPath)
                .bind("session", sessionId)
                .bind("model", model)
                .bind("limit", NEWEST)
                .map((rs, context) -> calibration(rs))
                .list());
  }

  /**
   * What a run's judge goes by.
   *
   * @param calibration of before; null where the run calibrates itself
   */
  record OfRun(JudgeMaterial material, @Nullable StoredCalibration calibration) {}

  /** Fixes what the run's judge goes by. */
  void fix(String runId, OfRun judge) {
    StoredCalibration calibration = judge.calibration();
    database.useTransaction(
        handle ->
            handle.execute(
                "INSERT INTO run_judges VALUES (?, ?, ?)",
                runId,
                Json.write(judge.material()),
                calibration == null ? null : calibration.id()));
  }

  /** What was fixed for the run, in an earlier process. */
  Optional<OfRun> fixed(String runId) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT r.material_json, c.* FROM run_judges r
                    LEFT JOIN calibrations c ON c.id = r.calibration_id WHERE r.run_id = :run
                    """)
                .bind("run", runId)
                .map(
                    (rs, context) ->
                        new OfRun(
                            Json.read(rs.getString("material_json"), JudgeMaterial.class),
                            rs.getString("id") == null ? null : calibration(rs)))
                .findOne());
  }

  private static StoredCalibration calibration(ResultSet rs) throws SQLException {
    return new StoredCalibration(
        rs.getString("id"),
        rs.getString("camp_path"),
        rs.getString("session_id"),
        rs.getString("session_name"),
        rs.getString("model"),
        rs.getString("fingerprint"),
        rs.getLong("seed"),
        rs.getInt("outputs"),
        Json.read(rs.getString("report_json"), CalibrationReport.class),
        rs.getLong("created_at"));
  }
}
