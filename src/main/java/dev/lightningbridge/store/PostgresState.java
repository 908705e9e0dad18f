package dev.lightningbridge.store;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** What PostgreSQL's error codes (SQLSTATE) mean here. */
final class PostgresState {
  private PostgresState() {}

  /** Null where the failure is the statement's own. */
  static @Nullable StoreError error(SQLException failure) {
    String state = failure.getSQLState();
    if (state == null) {
      return null;
    }
    return switch (state) {
      case "57P01", "57P02", "57P03" -> StoreError.UNREACHABLE;
      case "53100" -> StoreError.DISK_FULL;
      case "53300", "55P03", "40001", "40P01" -> StoreError.BUSY;
      case "25006" -> StoreError.NOT_WRITABLE;
      case "42501", "3D000" -> StoreError.REFUSED;
      case "XX001", "XX002" -> StoreError.DAMAGED;
      default ->
          state.startsWith("08")
              ? StoreError.UNREACHABLE
              : state.startsWith("28") ? StoreError.REFUSED : null;
    };
  }

  /**
   * Whether another transaction was in the way, and the same may succeed when it is tried again.
   */
  static boolean isConflict(Throwable e) {
    for (Throwable t = e; t != null; t = t.getCause()) {
      if (t instanceof SQLException failure && failure.getSQLState() != null) {
        return failure.getSQLState().equals("40001") || failure.getSQLState().equals("40P01");
      }
    }
    return false;
  }
}
