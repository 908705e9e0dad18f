package dev.lightningbridge.camp;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * How a database keeps its texts, which shows where a text is cast to bytes or bytes to a text
 * (https://sqlite.org/pragma.html#pragma_encoding). Lone surrogates go through unharmed.
 */
enum TextEncoding {
  UTF_8,
  UTF_16_LE,
  UTF_16_BE;

  static TextEncoding of(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("PRAGMA main.encoding")) {
      return switch (row.getString(1)) {
        case "UTF-16le" -> UTF_16_LE;
        case "UTF-16be" -> UTF_16_BE;
        default -> UTF_8;
      };
    }
  }

  /** The bytes that {@code CAST(text AS BLOB)} gives, and {@code CAST(bytes AS TEXT)} takes. */
  byte[] encode(String text) {
    if (this == UTF_8) {
      return WildUtf8.encode(text);
    }
    ByteBuffer bytes = ByteBuffer.allocate(2 * text.length()).order(order());
    bytes.asCharBuffer().put(text);
    return bytes.array();
  }

  String decode(byte[] bytes) {
    return this == UTF_8
        ? WildUtf8.decodeAny(bytes)
        : ByteBuffer.wrap(bytes).order(order()).asCharBuffer().toString();
  }

  private ByteOrder order() {
    return this == UTF_16_LE ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
  }
}
