package dev.lightningbridge.camp;

import dev.lightningbridge.camp.files.CampError;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The row under a cursor. SQLite lets any column hold any type: a value of another type is
 * converted where that makes sense, else it counts as none, and is reported by the row's {@code id}
 * column.
 */
final class Row {
  private static final char REPLACEMENT = '\uFFFD';

  private final ResultSet cursor;
  private final TextEncoding encoding;
  private final Problems problems;

  Row(ResultSet cursor, TextEncoding encoding, Problems problems) {
    this.cursor = cursor;
    this.encoding = encoding;
    this.problems = problems;
  }

  @Nullable String text(String column) throws SQLException {
    Object value = cursor.getObject(column);
    if (value instanceof byte[] bytes) {
      odd(column, bytes.length == 0 ? "a far too long text" : "bytes instead of a text");
      return WildUtf8.decodeAny(bytes);
    }
    if (value instanceof String text) {
      // The driver decodes what is no UTF-8 to this character, such as a lone surrogate.
      return text.indexOf(REPLACEMENT) < 0 || encoding != TextEncoding.UTF_8
          ? text
          : WildUtf8.decodeAny(cursor.getBytes(column));
    }
    return value == null ? null : value.toString();
  }

  /** A long text, of a column cast to bytes: decoding these here is faster than in the driver. */
  @Nullable String longText(String column) throws SQLException {
    byte[] bytes = cursor.getBytes(column);
    return bytes == null ? null : encoding.decode(bytes);
  }

  String text(String column, String otherwise) throws SQLException {
    String value = text(column);
    return value == null ? otherwise : value;
  }

  @Nullable Double real(String column) throws SQLException {
    Object value = cursor.getObject(column);
    if (value == null || value instanceof Number) {
      return value == null ? null : ((Number) value).doubleValue();
    }
    String text = value instanceof byte[] bytes ? ascii(bytes) : value.toString();
    odd(column, "a text instead of a number");
    try {
      return Double.valueOf(text.strip());
    } catch (NumberFormatException e) {
      return null;
    }
  }

  @Nullable Long integer(String column) throws SQLException {
    Object value = cursor.getObject(column);
    if (value instanceof Integer || value instanceof Long) {
      return ((Number) value).longValue();
    }
    Double real = real(column);
    if (real == null) {
      return null;
    }
    if (value instanceof Number) {
      odd(column, "a fraction instead of a whole number");
    }
    return real == Math.rint(real) && Math.abs(real) < 1L << 53 ? real.longValue() : null;
  }

  long integer(String column, long otherwise) throws SQLException {
    Long value = integer(column);
    return value == null ? otherwise : value;
  }

  int small(String column, int otherwise) throws SQLException {
    Long value = integer(column);
    return value == null || value != value.intValue() ? otherwise : value.intValue();
  }

  boolean isNull(String column) throws SQLException {
    return cursor.getObject(column) == null;
  }

  /** The row's id; a row without one is reported. */
  @Nullable String requiredId(String table) throws SQLException {
    String id = text("id");
    if (id == null) {
      problems.add(table + " row " + cursor.getString("row"), CampError.NO_ID, "the row has no id");
    }
    return id;
  }

  void report(CampError code, String why) throws SQLException {
    problems.add(text("id", "?"), code, why);
  }

  Problems problems() {
    return problems;
  }

  private void odd(String column, String what) throws SQLException {
    String id = cursor.getString("id");
    problems.add(id == null ? "?" : id, CampError.ODD_TYPE, column + " holds " + what);
  }

  private static String ascii(byte[] bytes) {
    return new String(bytes, StandardCharsets.US_ASCII);
  }
}
