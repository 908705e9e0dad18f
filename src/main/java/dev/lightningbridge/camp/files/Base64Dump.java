package dev.lightningbridge.camp.files;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.WholeFile;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;

/**
 * The text under which the browser's localStorage keeps the whole database: standard Base64, also
 * in its form for addresses. It is read in all forms of {@link DumpStart}; white space and a
 * byte-order mark do no harm.
 */
public final class Base64Dump {
  private static final String REMEDY =
      "Copy the value of \"training-camp-db\" from the browser's localStorage once more.";

  private Base64Dump() {}

  /** Whether the file begins like a dump. */
  static boolean begins(Path file) throws IOException {
    return start(file).isPresent();
  }

  private static Optional<DumpStart> start(Path file) throws IOException {
    try (Reader in = reader(file)) {
      return DumpStart.in(in);
    }
  }

  /** Writes the database that the dump holds. */
  public static void decode(Path dump, Path database) throws IOException {
    DumpStart start = start(dump).orElseThrow(() -> bad("no database begins in the text", dump));
    try (Reader in = reader(dump);
        OutputStream out = new BufferedOutputStream(Files.newOutputStream(database))) {
      for (long left = start.at(); left > 0; ) {
        left -= Math.max(1, in.skip(left));
      }
      if (start.form() != DumpStart.Form.BYTES) {
        decode(in, start, out, dump);
      } else if (!ByteList.decode(in, out)) {
        throw bad("one of the numbers is no byte", dump);
      }
    }
  }

  private static void decode(Reader in, DumpStart start, OutputStream out, Path dump)
      throws IOException {
    byte[] chunk = new byte[1 << 16];
    int filled = 0;
    long at = start.at();
    boolean ended = false;
    for (int c = in.read(); c >= 0; c = in.read(), at++) {
      if (c == '"' && start.form() == DumpStart.Form.STORAGE) {
        break;
      }
      if (DumpStart.isPadding(c)) {
        continue;
      }
      int standard = c == '-' ? '+' : c == '_' ? '/' : c;
      if (!isBase64(standard) || (ended && c != '=')) {
        throw bad("character " + at + " is not Base64", dump);
      }
      ended = c == '=';
      chunk[filled++] = (byte) standard;
      if (filled == chunk.length) {
        out.write(decoded(chunk, filled, dump));
        filled = 0;
      }
    }
    out.write(decoded(chunk, filled, dump));
  }

  /** Writes the dump of a database, as the browser takes it. */
  public static void encode(Path database, Path dump) throws IOException {
    WholeFile.write(
        dump,
        file -> {
          try (OutputStream out = Base64.getEncoder().wrap(file)) {
            Files.copy(database, out);
          }
        });
  }

  private static byte[] decoded(byte[] chunk, int filled, Path dump) {
    try {
      return Base64.getDecoder().decode(new String(chunk, 0, filled, StandardCharsets.ISO_8859_1));
    } catch (IllegalArgumentException e) {
      throw bad("the text ends in the middle", dump);
    }
  }

  private static boolean isBase64(int c) {
    return (c >= 'A' && c <= 'Z')
        || (c >= 'a' && c <= 'z')
        || (c >= '0' && c <= '9')
        || c == '+'
        || c == '/'
        || c == '=';
  }

  private static Reader reader(Path file) throws IOException {
    byte[] mark = new byte[2];
    int read;
    try (InputStream in = Files.newInputStream(file)) {
      read = in.readNBytes(mark, 0, 2);
    }
    boolean utf16 =
        read == 2
            && Math.abs((mark[0] & 0xFF) - (mark[1] & 0xFF)) == 1
            && (mark[0] & 0xFF) >= 0xFE
            && (mark[1] & 0xFF) >= 0xFE;
    Charset charset = utf16 ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8;
    return new BufferedReader(new InputStreamReader(Files.newInputStream(file), charset), 1 << 16);
  }

  private static BridgeException bad(String what, Path dump) {
    return new BridgeException(CampError.BAD_BASE64, what, dump.toString(), REMEDY);
  }
}
