package dev.lightningbridge.common;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** A text in another encoding, as UTF-8. */
final class Utf8Input extends InputStream {
  private static final int CHUNK = 8192;

  private final Reader reader;
  private byte[] bytes = new byte[0];
  private int next;

  Utf8Input(InputStream in, Charset charset) {
    this.reader = new InputStreamReader(in, charset);
  }

  @Override
  public int read() throws IOException {
    return fill() ? bytes[next++] & 0xff : -1;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int some = Math.min(length, bytes.length - next);
    System.arraycopy(bytes, next, into, offset, some);
    next += some;
    return some;
  }

  private boolean fill() throws IOException {
    if (next < bytes.length) {
      return true;
    }
    char[] chars = new char[CHUNK + 1];
    int some = reader.read(chars, 0, CHUNK);
    if (some < 0) {
      return false;
    }
    if (Character.isHighSurrogate(chars[some - 1])) {
      int low = reader.read();
      if (low >= 0) {
        chars[some++] = (char) low;
      }
    }
    bytes = new String(chars, 0, some).getBytes(StandardCharsets.UTF_8);
    next = 0;
    return true;
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
