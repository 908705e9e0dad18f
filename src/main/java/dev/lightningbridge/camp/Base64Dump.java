package dev.lightningbridge.camp;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.WholeFile;
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

/**
 * The text under which the browser's localStorage keeps the whole database: standard Base64. White
 * space, a byte-order mark and the quotes of a JSON string around it are tolerated.
 */
final class Base64Dump {
  /** "SQLite format 3" in Base64, as far as it does not depend on what follows. */
  private static final String START = "U1FMaXRlIGZvcm1hdCAz";

  private static final String REMEDY =
      "Copy the value of \"training-camp-db\" from the browser's localStorage once more.";

  private Base64Dump() {}

  /** Whether the file begins like a dump. */
  static boolean begins(Path file) throws IOException {
    try (Reader in = reader(file)) {
      StringBuilder seen = new StringBuilder();
      for (int i = 0, c = in.read(); i < 4096 && c >= 0; i++, c = in.read()) {
        if (!isPadding(c)) {
          seen.append((char) c);
        }
        if (seen.length() == START.length()) {
          return START.contentEquals(seen);
        }
      }
    }
    return false;
  }

  /** Writes the database that the dump holds. */
  static void decode(Path dump, Path database) throws IOException {
    try (Reader in = reader(dump);
        OutputStream out = Files.newOutputStream(database)) {
      byte[] chunk = new byte[1 << 16];
      int filled = 0;
      long at = 0;
      boolean ended = false;
      for (int c = in.read(); c >= 0; c = in.read(), at++) {
        if (isPadding(c)) {
          continue;
        }
        if (!isBase64(c) || (ended && c != '=')) {
          throw bad("character " + at + " is not Base64", dump);
        }
        ended = c == '=';
        chunk[filled++] = (byte) c;
        if (filled == chunk.length) {
          out.write(decoded(chunk, filled, dump));
          filled = 0;
        }
      }
      out.write(decoded(chunk, filled, dump));
    }
  }

  /** Writes the dump of a database, as the browser takes it. */
  static void encode(Path database, Path dump) throws IOException {
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

  /** White space, the mark, and what JSON puts around the text or before a slash in it. */
  private static boolean isPadding(int c) {
    return c <= ' ' || c == '\uFEFF' || c == '"' || c == '\\';
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
