package dev.lightningbridge.store;

import dev.lightningbridge.common.BridgeException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What a failure of the disk, of SQLite or of PostgreSQL means for a person. */
public final class StoreFailure {
  private StoreFailure() {}

  /** The error to show for a failure of the disk at the place. */
  public static BridgeException of(Path where, IOException e) {
    String reason = e instanceof FileSystemException f ? f.getReason() : e.getMessage();
    String text = Objects.requireNonNullElse(reason, "").toLowerCase(Locale.ROOT);
    if (text.contains("no space left") || text.contains("quota exceeded")) {
      return failure(StoreError.DISK_FULL, where, e);
    }
    if (e instanceof AccessDeniedException || text.contains("read-only")) {
      return failure(StoreError.NOT_WRITABLE, where, e);
    }
    if (e instanceof FileAlreadyExistsException || text.contains("not a directory")) {
      return failure(StoreError.HOME_NOT_A_FOLDER, where, e);
    }
    return failure(StoreError.UNUSABLE, where, e);
  }

  /** The error to show; empty where the failure is the statement's own, such as a constraint. */
  static Optional<BridgeException> of(String where, Throwable e) {
    for (Throwable t = e; t != null; t = t.getCause()) {
      if (t instanceof SQLException failure) {
        StoreError error =
            failure instanceof SQLiteException sqlite
                ? error(sqlite.getResultCode())
                : PostgresState.error(failure);
        return Optional.ofNullable(error).map(code -> failure(code, where, e));
      }
    }
    return Optional.empty();
  }

  private static @Nullable StoreError error(SQLiteErrorCode code) {
    return switch (SQLiteErrorCode.getErrorCode(code.code & 0xff)) {
      case SQLITE_BUSY, SQLITE_LOCKED -> StoreError.BUSY;
      case SQLITE_FULL -> StoreError.DISK_FULL;
      case SQLITE_READONLY, SQLITE_PERM, SQLITE_CANTOPEN -> StoreError.NOT_WRITABLE;
      case SQLITE_CORRUPT, SQLITE_NOTADB -> StoreError.DAMAGED;
      case SQLITE_IOERR -> StoreError.UNUSABLE;
      default -> null;
    };
  }

  static BridgeException failure(StoreError error, Path where, @Nullable Throwable cause) {
    return failure(error, where.toString(), cause);
  }

  static BridgeException failure(StoreError error, String where, @Nullable Throwable cause) {
    String remedy =
        switch (error) {
          case HOME_NOT_A_FOLDER -> "Name a folder with --home.";
          case NOT_WRITABLE -> "Make it writable, or name another folder with --home.";
          case DISK_FULL -> "Make room and run the command again; a run can be resumed.";
          case DAMAGED -> "Move it away, or restore it from a copy; then run the command again.";
          case NEWER -> "Use that version or a later one, or name another folder with --home.";
          case BUSY -> "Let the other command end, then run this one again; a run can be resumed.";
          case NOT_OURS -> "Name another folder with --home.";
          case UNUSABLE -> "See the cause below; a run can be resumed.";
          case UNREACHABLE -> "See whether it runs and where; a run goes on when it does.";
          case REFUSED -> "See the cause below, and the server's settings of lightning-bridge.";
          case REPLACED ->
              "Put the file back or take the other one away, then start again; nothing more is"
                  + " written until then.";
          case NOT_SAID ->
              "Set lightning-bridge.postgresql.url, such as jdbc:postgresql://db/bridge.";
        };
    String what = error.summary().substring(0, error.summary().length() - 1);
    return new BridgeException(error, what, where, remedy, cause);
  }
}
