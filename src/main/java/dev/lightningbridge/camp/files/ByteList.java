package dev.lightningbridge.camp.files;

import java.io.IOException;
import java.io.OutputStream;
import java.io.Reader;

/** Bytes that are written as numbers, as a console and JSON show them, also with their indexes. */
final class ByteList {
  private static final int MOST_INDEX = 100_000_000;

  private ByteList() {}

  /**
   * Writes the bytes.
   *
   * @return whether all were bytes
   */
  static boolean decode(Reader in, OutputStream out) throws IOException {
    int number = -1;
    for (int c = in.read(); ; c = in.read()) {
      if (c >= '0' && c <= '9') {
        number = 10 * Math.max(0, number) + c - '0';
        if (number > MOST_INDEX) {
          return false;
        }
      } else if (c == ':') {
        number = -1;
      } else if (c == ',' || c == ']' || c == '}' || c == ')' || c < 0) {
        if (number > 255) {
          return false;
        }
        if (number >= 0) {
          out.write(number);
        }
        number = -1;
        if (c != ',') {
          return true;
        }
      } else if (!DumpStart.isPadding(c)) {
        return false;
      }
    }
  }
}
