package dev.lightningbridge.runs;

import dev.lightningbridge.store.BridgeDatabase;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Counts, by triggers in the database itself, what servers do to runs and calls. */
final class ClusterAudit {
  private static final String TRIGGERS =
      """
      CREATE TABLE audit (what TEXT, run_id TEXT, detail TEXT);
      CREATE FUNCTION audit_run() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF OLD.finished_at IS NULL AND NEW.finished_at IS NOT NULL THEN
          INSERT INTO audit VALUES ('end', NEW.id, NEW.state);
        END IF;
        IF NEW.owner IS NOT NULL AND NEW.owner IS DISTINCT FROM OLD.owner THEN
          INSERT INTO audit VALUES ('owner', NEW.id, NEW.owner);
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER audit_run AFTER UPDATE ON runs FOR EACH ROW EXECUTE FUNCTION audit_run();
      CREATE FUNCTION audit_call() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF OLD.state = 'done' THEN
          INSERT INTO audit VALUES ('repeated', NEW.run_id, NEW.request_hash);
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER audit_call AFTER UPDATE ON calls FOR EACH ROW EXECUTE FUNCTION audit_call();
      """;

  private final BridgeDatabase database;

  ClusterAudit(BridgeDatabase database) {
    this.database = database;
  }

  void install() throws SQLException {
    try (var handle = database.jdbi().open();
        Statement statement = handle.getConnection().createStatement()) {
      statement.execute(TRIGGERS);
    }
  }

  long unfinished() {
    return count("SELECT count(*) FROM runs WHERE finished_at IS NULL");
  }

  void print(int runs, int kills, long seconds, ClusterServer labelled, String label) {
    List<String> owners =
        database.reading(
            h ->
                h.createQuery(
                        """
                        SELECT detail FROM audit JOIN runs ON runs.id = run_id
                        WHERE what = 'owner' AND label = :label
                        """)
                    .bind("label", label)
                    .mapTo(String.class)
                    .list());
    row(
        "runs, of which by label",
        runs + ", " + count("SELECT count(*) FROM runs WHERE label IS NOT NULL"));
    row("servers killed", kills);
    row("time", seconds + " s");
    row(
        "runs that ended exactly once",
        count(
            """
            SELECT count(*) FROM runs WHERE
              (SELECT count(*) FROM audit WHERE what = 'end' AND run_id = runs.id) = 1
            """));
    row(
        "of these with a verdict",
        count(
            "SELECT count(*) FROM runs WHERE result_json IS NOT NULL AND state IN ('held', 'waiting_for_approval')"));
    row(
        "runs taken up by another process",
        count(
            "SELECT count(*) FROM (SELECT run_id FROM audit WHERE what = 'owner' GROUP BY run_id HAVING count(*) > 1) t"));
    row("model calls", count("SELECT count(*) FROM calls"));
    row(
        "finished calls that were repeated",
        count("SELECT count(*) FROM audit WHERE what = 'repeated'"));
    row(
        "calls sent again, whose answer a killed server had not kept",
        count("SELECT count(*) FROM calls WHERE attempts > 1"));
    row(
        "runs with more than one proposal",
        count("SELECT count(*) - count(DISTINCT run_id) FROM proposals"));
    row(
        "runs with a label taken by a server without it",
        owners.stream().filter(owner -> !labelled.was(owner)).count());
  }

  private static void row(String what, Object value) {
    System.out.printf("| %s | %s |%n", what, value);
  }

  private long count(String sql) {
    return database.reading(h -> h.createQuery(sql).mapTo(Long.class).one());
  }
}
