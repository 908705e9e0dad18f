package dev.lightningbridge.runs;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.StatementContext;

/** A whole row of the table {@code runs}. */
final class StoredRunMapper implements RowMapper<StoredRun> {
  @Override
  public StoredRun map(ResultSet rs, StatementContext context) throws SQLException {
    long finished = rs.getLong("finished_at");
    Long finishedAt = rs.wasNull() ? null : finished;
    return new StoredRun(
        rs.getString("id"),
        RunState.of(rs.getString("state")),
        rs.getString("engine"),
        rs.getString("camp_path"),
        rs.getString("session_id"),
        rs.getString("lineage_id"),
        rs.getString("baseline_id"),
        rs.getString("baseline_prompt"),
        rs.getLong("seed"),
        rs.getInt("sandbox") == 1,
        rs.getString("request_json"),
        rs.getString("result_json"),
        rs.getString("error"),
        rs.getLong("created_at"),
        finishedAt);
  }
}
