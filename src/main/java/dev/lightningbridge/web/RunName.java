package dev.lightningbridge.web;

import dev.lightningbridge.runs.RunState;
import dev.lightningbridge.runs.RunStore;
import dev.lightningbridge.runs.StoredRun;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A run as pages name it.
 *
 * @param title session and lineage
 * @param from the agent version that it starts from, in words
 * @param state in words; {@code mark} the class of its badge
 * @param active whether it may still change by itself
 */
record RunName(
    String id,
    String title,
    String from,
    String database,
    String state,
    String mark,
    boolean active,
    boolean sandbox,
    String engine,
    Moment created,
    @Nullable Moment finished) {

  static RunName of(StoredRun run, RunStore runs) {
    var subject = runs.subject(run.id());
    return new RunName(
        run.id(),
        subject
            .map(s -> "%s, lineage %s".formatted(s.session(), s.lineage()))
            .orElse("Session " + run.sessionId()),
        subject.map(s -> "version %d".formatted(s.version())).orElse("version unknown"),
        String.valueOf(Path.of(run.campPath()).getFileName()),
        words(run.state()),
        mark(run.state()),
        isActive(run.state()),
        run.sandbox(),
        run.engine(),
        Moment.of(run.createdAt()),
        Moment.ofNullable(run.finishedAt()));
  }

  static boolean isActive(RunState state) {
    return state == RunState.QUEUED || state == RunState.RUNNING;
  }

  static String words(RunState state) {
    return switch (state) {
      case QUEUED -> "Waits for its turn";
      case RUNNING -> "Running";
      case WAITING_FOR_APPROVAL -> "Waits for approval";
      case PROMOTED -> "Promoted";
      case HELD -> "Held";
      case FAILED -> "Failed";
      case CANCELLED -> "Cancelled";
      case INTERRUPTED -> "Interrupted";
    };
  }

  private static String mark(RunState state) {
    return switch (state) {
      case PROMOTED -> "good";
      case FAILED -> "bad";
      case QUEUED, RUNNING -> "going";
      default -> "held";
    };
  }
}
