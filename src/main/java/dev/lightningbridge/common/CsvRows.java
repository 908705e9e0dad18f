package dev.lightningbridge.common;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The records of a text with separated values, as RFC 4180 has them: a quoted value may hold the
 * separator, doubled quotes and ends of lines. One record is held at a time.
 */
public final class CsvRows implements Closeable {
  private static final String SEPARATORS = ",;\t|";

  /** So many characters of one record mean that a quote was never closed. */
  private static final int LONGEST = 32 * 1024 * 1024;

  private final BufferedReader reader;
  private final char separator;
  private long line = 1;

  public CsvRows(Reader reader, char separator) {
    this.reader = new BufferedReader(reader, 1 << 16);
    this.separator = separator;
  }

  /**
   * One row.
   *
   * @param line where it begins, from 1
   */
  public record Row(long line, List<String> values) {
    /** Whether it is an empty line. */
    public boolean isBlank() {
      return values.size() == 1 && values.getFirst().isBlank();
    }
  }

  /** What separates the values of a header: what comes up most of comma, semicolon, tab and bar. */
  public static char separatorOf(String header) {
    char most = SEPARATORS.charAt(0);
    for (int i = 1; i < SEPARATORS.length(); i++) {
      char separator = SEPARATORS.charAt(i);
      if (times(header, separator) > times(header, most)) {
        most = separator;
      }
    }
    return most;
  }

  private static long times(String text, char wanted) {
    return text.chars().filter(c -> c == wanted).count();
  }

  /**
   * The next record; empty at the end.
   *
   * @throws IOException where the text cannot be read, or a quoted value never ends
   */
  public Optional<Row> next() throws IOException {
    long begun = line;
    int c = reader.read();
    if (c < 0) {
      return Optional.empty();
    }
    List<String> values = new ArrayList<>();
    StringBuilder value = new StringBuilder();
    long length = 0;
    boolean quoted = false;
    boolean wasQuoted = false;
    for (; ; c = reader.read()) {
      if (++length > LONGEST || (c < 0 && quoted)) {
        throw new IOException(
            "the quoted value that begins in the record of line " + begun + " never ends");
      }
      if (quoted) {
        line += c == '\n' ? 1 : 0;
        if (c != '"') {
          value.append((char) c);
        } else if (peek() == '"') {
          value.append((char) reader.read());
        } else {
          quoted = false;
        }
      } else if (c == '"' && !wasQuoted && value.length() < 16 && value.toString().isBlank()) {
        value.setLength(0);
        quoted = true;
        wasQuoted = true;
      } else if (c == separator || c == '\n' || c < 0) {
        values.add(ended(value, c == '\n'));
        value.setLength(0);
        wasQuoted = false;
        if (c != separator) {
          line += c == '\n' ? 1 : 0;
          return Optional.of(new Row(begun, List.copyOf(values)));
        }
      } else {
        value.append((char) c);
      }
    }
  }

  /** A carriage return before the end of a line belongs to it. */
  private static String ended(StringBuilder value, boolean lineEnds) {
    int length = value.length();
    boolean carriage = lineEnds && length > 0 && value.charAt(length - 1) == '\r';
    return carriage ? value.substring(0, length - 1) : value.toString();
  }

  private int peek() throws IOException {
    reader.mark(1);
    int c = reader.read();
    reader.reset();
    return c;
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
