package dev.lightningbridge.camp;

import dev.lightningbridge.camp.files.Sqlite;
import dev.lightningbridge.common.BridgeException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators.AbstractSpliterator;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Asks the database; every SQL error comes out as a {@link BridgeException}. */
public final class Tables {
  private final Connection connection;
  private final Path shown;
  private final Problems problems;
  private final TextEncoding encoding;

  /** Makes a value of a row, or null to leave the row out. */
  @FunctionalInterface
  interface Mapper<T> {
    @Nullable T map(Row row) throws SQLException;
  }

  public Tables(Connection connection, Path shown, Problems problems) {
    this.connection = connection;
    this.shown = shown;
    this.problems = problems;
    try {
      this.encoding = TextEncoding.of(connection);
    } catch (SQLException e) {
      throw Sqlite.failure(e, shown);
    }
  }

  Problems problems() {
    return problems;
  }

  /** Reads rows as they are asked for; the cursor is closed with the stream or at its end. */
  <T> Stream<T> stream(String sql, Mapper<T> mapper, @Nullable Object... arguments) {
    try {
      PreparedStatement statement = connection.prepareStatement(sql);
      try {
        for (int i = 0; i < arguments.length; i++) {
          statement.setObject(i + 1, arguments[i]);
        }
        Cursor<T> cursor = new Cursor<>(statement, statement.executeQuery(), mapper);
        return StreamSupport.stream(cursor, false).onClose(cursor::close);
      } catch (SQLException e) {
        statement.close();
        throw e;
      }
    } catch (SQLException e) {
      throw Sqlite.failure(e, shown);
    }
  }

  <T> List<T> list(String sql, Mapper<T> mapper, @Nullable Object... arguments) {
    try (Stream<T> rows = stream(sql, mapper, arguments)) {
      return rows.toList();
    }
  }

  /** Runs statements separated by semicolons at line ends. */
  void run(String script) {
    try (var statement = connection.createStatement()) {
      for (String sql : script.split(";\\R", -1)) {
        if (!sql.isBlank()) {
          statement.execute(sql);
        }
      }
    } catch (SQLException e) {
      throw Sqlite.failure(e, shown);
    }
  }

  private final class Cursor<T> extends AbstractSpliterator<T> {
    private final PreparedStatement statement;
    private final ResultSet found;
    private final Mapper<T> mapper;
    private final Row row;

    Cursor(PreparedStatement statement, ResultSet found, Mapper<T> mapper) {
      super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL);
      this.statement = statement;
      this.found = found;
      this.mapper = mapper;
      this.row = new Row(found, encoding, problems);
    }

    @Override
    public boolean tryAdvance(Consumer<? super T> action) {
      T value = next();
      if (value == null) {
        close();
        return false;
      }
      action.accept(value);
      return true;
    }

    private @Nullable T next() {
      try {
        while (!statement.isClosed() && found.next()) {
          T value = mapper.map(row);
          if (value != null) {
            return value;
          }
        }
        return null;
      } catch (SQLException e) {
        close();
        throw Sqlite.failure(e, shown);
      }
    }

    private void close() {
      try {
        statement.close();
      } catch (SQLException e) {
        throw Sqlite.failure(e, shown);
      }
    }
  }
}
