package dev.lightningbridge.camp;

import dev.lightningbridge.camp.files.CampError;
import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.corpus.AgentVersion;
import dev.lightningbridge.corpus.Lineage;
import java.nio.file.Path;
import java.util.List;

/** What a writing looks at before it writes, and its reasons to refuse. */
public final class WriteTarget {
  private static final int OLDEST = 4;

  /** The app's own stand-in for the score of an output that nobody scored. */
  private static final long UNSCORED = 5;

  private final Tables tables;
  private final Path file;

  WriteTarget(Tables tables, Path file) {
    this.tables = tables;
    this.file = file;
    requireWritable(tables, file);
  }

  /** Refuses a database that is no Training Camp's, or too old to write into. */
  public static void requireWritable(Tables tables, Path file) {
    int version = Shape.impose(tables, file);
    if (version < OLDEST) {
      throw new BridgeException(
          CampError.TOO_OLD_TO_WRITE,
          "a database of version %d has no training events to write into".formatted(version),
          file.toString(),
          "Open it in Training Camp once, which brings it up to date.");
    }
  }

  /**
   * The versions of the lineage's agent, the current one last.
   *
   * @param expected the version that must be the current one
   */
  List<AgentVersion> versions(
      String sessionId, String lineageId, String expected, boolean allowLocked) {
    Sessions sessions = new Sessions(tables, false);
    Lineage lineage =
        sessions
            .lineage(lineageId)
            .filter(l -> l.sessionId().equals(sessionId))
            .orElseThrow(
                () ->
                    new BridgeException(
                        CampError.LINEAGE_UNKNOWN,
                        "session %s has no lineage %s here".formatted(sessionId, lineageId),
                        file.toString(),
                        "Name the database that the run was made with."));
    if (lineage.locked() && !allowLocked) {
      throw new BridgeException(
          CampError.LINEAGE_LOCKED,
          "lineage %s (%s) is locked".formatted(lineage.label(), lineageId),
          file.toString(),
          "Unlock it in Training Camp, or allow the writing of locked lineages.");
    }
    List<AgentVersion> versions = new AgentVersions(tables, sessions).of(lineageId);
    if (CapturedVersions.current(versions).filter(v -> v.id().equals(expected)).isEmpty()) {
      throw movedOn("the lineage's current agent version is no longer " + expected);
    }
    return versions;
  }

  BridgeException movedOn(String what) {
    return new BridgeException(
        CampError.AGENT_MOVED_ON, what, file.toString(), "Optimise the lineage once more.");
  }

  /** Refuses to write a run twice. */
  void requireNew(String runId, String action) {
    new Writings(tables)
        .find(runId, action)
        .ifPresent(
            written -> {
              throw new BridgeException(
                  CampError.ALREADY_WRITTEN,
                  "the %s of run %s was written already, as agent version %s"
                      .formatted(action, runId, written.agentVersionId()),
                  file.toString(),
                  "There is nothing left to do.");
            });
  }

  /** The current score of the lineage's latest artifact. */
  int triggerScore(String lineageId) {
    List<Long> scores =
        tables.list(
            """
            SELECT f.id, (SELECT v.score FROM evaluations v WHERE v.artifact_id = f.id
              ORDER BY v.created_at DESC, v.row DESC LIMIT 1) AS score
            FROM artifacts f WHERE f.lineage_id = ? ORDER BY f.cycle DESC, f.row DESC LIMIT 1""",
            row -> row.integer("score", UNSCORED),
            lineageId);
    long score = scores.isEmpty() ? UNSCORED : scores.get(0);
    return (int) (score < 1 || score > 10 ? UNSCORED : score);
  }
}
