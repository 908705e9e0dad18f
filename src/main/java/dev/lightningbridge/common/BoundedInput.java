package dev.lightningbridge.common;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** What is unpacked, which may be a bomb. */
final class BoundedInput extends FilterInputStream {
  private static final long MOST = 2L << 30;

  private long read;

  BoundedInput(InputStream in) {
    super(in);
  }

  @Override
  public int read() throws IOException {
    int one = in.read();
    return one < 0 ? one : counted(1, one);
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int some = in.read(bytes, offset, length);
    return some < 0 ? some : counted(some, some);
  }

  private int counted(int more, int result) throws IOException {
    read += more;
    if (read > MOST) {
      throw new IOException("unpacked it is longer than 2 GB");
    }
    return result;
  }
}
