package dev.lightningbridge.imports;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import org.jspecify.annotations.Nullable;

/** The lines of a text. One beyond the limit is passed over without being held. */
final class TextLines {
  /** The longest line that is read, in characters. */
  static final int LIMIT = 64 * 1024 * 1024;

  private final BufferedReader reader;
  private long number;

  TextLines(Reader reader) {
    this.reader = new BufferedReader(reader, 1 << 16);
  }

  /** A line; its text is null where it is longer than the limit. */
  record Line(long number, @Nullable String text) {}

  /** The next line; null at the end. */
  @Nullable Line next() throws IOException {
    int c = reader.read();
    if (c < 0) {
      return null;
    }
    StringBuilder line = new StringBuilder();
    long length = 0;
    for (; c >= 0 && c != '\n'; c = reader.read()) {
      if (++length <= LIMIT) {
        line.append((char) c);
      }
    }
    number++;
    return new Line(number, length > LIMIT ? null : line.toString());
  }
}
