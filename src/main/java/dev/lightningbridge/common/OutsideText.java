package dev.lightningbridge.common;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** A file from outside: its first bytes tell what it is, and a text is read as UTF-8. */
public sealed interface OutsideText {
  /** How much of a file's beginning is looked at, in bytes. */
  int LOOKED_AT = 1 << 22;

  /**
   * A text.
   *
   * @param in UTF-8 without a byte-order mark, if the file is a text; marks {@link #LOOKED_AT}
   *     bytes
   * @param start what it begins with
   */
  record Text(InputStream in, String start) implements OutsideText {}

  /**
   * Something else.
   *
   * @param what it is, to stand in a sentence
   * @param remedy what to do with it
   */
  record Other(String what, String remedy) implements OutsideText {}

  /**
   * Opens a file; the caller closes the text's stream.
   *
   * @throws IOException where it cannot be read
   */
  static OutsideText open(Path file) throws IOException {
    InputStream in = new BufferedInputStream(Files.newInputStream(file));
    byte[] start = start(in);
    if (begins(start, 0x1f, 0x8b)) {
      in = new BufferedInputStream(new BoundedInput(new GZIPInputStream(in)));
      start = start(in);
    }
    Optional<Other> other = other(start);
    if (other.isPresent()) {
      in.close();
      return other.get();
    }
    Optional<Charset> charset = utf16(start);
    if (charset.isPresent()) {
      in = new BufferedInputStream(new Utf8Input(in, charset.get()));
      start = start(in);
    }
    if (begins(start, 0xef, 0xbb, 0xbf)) {
      in.skipNBytes(3);
      start = start(in);
    }
    return new Text(in, new String(start, StandardCharsets.UTF_8));
  }

  private static byte[] start(InputStream in) throws IOException {
    in.mark(LOOKED_AT);
    byte[] start = in.readNBytes(LOOKED_AT);
    in.reset();
    return start;
  }

  private static Optional<Other> other(byte[] start) {
    if (begins(start, 'S', 'Q', 'L', 'i', 't', 'e', ' ', 'f')) {
      return Optional.of(new Other("a SQLite database", "Give a database by --db."));
    }
    if (begins(start, 'P', 'K', 3, 4)) {
      return Optional.of(
          new Other(
              "a ZIP file or a spreadsheet's own form",
              "Unpack it; save a spreadsheet as CSV in UTF-8."));
    }
    if (begins(start, 'P', 'A', 'R', '1')) {
      return Optional.of(
          new Other(
              "a Parquet file",
              "Write it as JSON Lines, such as by pandas: read_parquet(FILE).to_json(NEW,"
                  + " orient=\"records\", lines=True)."));
    }
    if (begins(start, '%', 'P', 'D', 'F')) {
      return Optional.of(new Other("a PDF", "Write its texts as JSON Lines or CSV."));
    }
    return Optional.empty();
  }

  /** By its mark, or since every other byte of a text in Latin letters is 0. */
  private static Optional<Charset> utf16(byte[] start) {
    if (begins(start, 0xff, 0xfe) || begins(start, 0xfe, 0xff)) {
      return Optional.of(StandardCharsets.UTF_16);
    }
    if (start.length >= 4 && start[0] != 0 && start[1] == 0 && start[2] != 0 && start[3] == 0) {
      return Optional.of(StandardCharsets.UTF_16LE);
    }
    if (start.length >= 4 && start[0] == 0 && start[1] != 0 && start[2] == 0 && start[3] != 0) {
      return Optional.of(StandardCharsets.UTF_16BE);
    }
    return Optional.empty();
  }

  private static boolean begins(byte[] start, int... bytes) {
    return start.length >= bytes.length
        && Arrays.equals(Arrays.copyOf(start, bytes.length), toBytes(bytes));
  }

  private static byte[] toBytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }
}
