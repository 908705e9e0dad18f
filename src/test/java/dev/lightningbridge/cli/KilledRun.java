package dev.lightningbridge.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What becomes of a run's databases from one kill to the next. */
final class KilledRun {
  final RunProcesses run;
  private final KillTally tally;
  private final Map<String, Long> finishedCalls = new HashMap<>();

  KilledRun(RunProcesses run, KillTally tally) {
    this.run = run;
    this.tally = tally;
  }

  /** Counts where the run is that is about to be killed. */
  void noteWhere() throws SQLException {
    RunPart part = run.runId() == null ? RunPart.BEGINNING : run.part();
    tally.parts.merge(part, 1, Integer::sum);
    if (run.runId() != null
        && run.inBridge("SELECT count(*) FROM promotions WHERE state = 'writing'") > 0) {
      tally.brokenPromotions++;
    }
  }

  /** Looks whether both databases are whole, and what became of the calls finished before. */
  void look() throws SQLException {
    for (Path file : List.of(run.camp(), run.bridge())) {
      if (Files.exists(file) && !RunProcesses.whole(file)) {
        tally.brokenDatabases++;
        tally.remarks.add("broken: " + file);
      }
    }
    if (run.runId() == null) {
      return;
    }
    Set<String> gone = new HashSet<>(finishedCalls.keySet());
    try (Connection connection = RunProcesses.open(run.bridge());
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT request_hash || '/' || ordinal, done_at FROM calls WHERE state = 'done'")) {
      while (rows.next()) {
        gone.remove(rows.getString(1));
        Long before = finishedCalls.put(rows.getString(1), rows.getLong(2));
        if (before != null && before != rows.getLong(2)) {
          tally.repeatedCalls++;
        }
      }
    }
    tally.repeatedCalls += gone.size();
  }
}
