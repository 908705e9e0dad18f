package dev.lightningbridge.dataset.tasks;

import dev.lightningbridge.dataset.DatasetError;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a text in UTF-8, ended by LF or CR LF, with or without a byte-order mark. A line
 * beyond the limit is passed over without being held in memory.
 */
final class BoundedLines implements Closeable {
  /** Why a text cannot be read that is in another encoding. */
  static final String NOT_UTF8 =
      "not in UTF-8; most such files are mended by: iconv -f WINDOWS-1252 -t UTF-8 FILE > NEW";

  private static final String BYTE_ORDER_MARK = "\ufeff";

  private final InputStream in;
  private final int limit;
  private long number;

  BoundedLines(InputStream in, int limit) {
    this.in = new BufferedInputStream(in, 1 << 16);
    this.limit = limit;
  }

  /** A line, or what is wrong with it. */
  sealed interface Line {
    long number();

    record Text(long number, String text) implements Line {}

    record Bad(long number, DatasetError code, String why) implements Line {}
  }

  /** The next line; null at the end. */
  @Nullable Line next() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    long length = 0;
    int b = in.read();
    if (b < 0) {
      return null;
    }
    for (; b >= 0 && b != '\n'; b = in.read()) {
      if (++length <= limit) {
        bytes.write(b);
      }
    }
    number++;
    if (length > limit) {
      return new Line.Bad(
          number,
          DatasetError.TASK_LINE_TOO_LONG,
          "%,d bytes where %,d are the limit".formatted(length, limit));
    }
    return decoded(bytes.toByteArray());
  }

  private Line decoded(byte[] bytes) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      if (number == 1 && text.startsWith(BYTE_ORDER_MARK)) {
        text = text.substring(1);
      }
      return new Line.Text(
          number, text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
    } catch (CharacterCodingException e) {
      return new Line.Bad(number, DatasetError.TASK_LINE_MALFORMED, NOT_UTF8);
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
