package dev.lightningbridge.camp.files;

import java.io.IOException;
import java.io.Reader;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where in a text the database begins, and as what: Base64 by itself, in quotes of a console or
 * behind {@code data:…,}; the whole of a browser's local storage as JSON; or the bytes as numbers.
 *
 * @param at characters before it
 */
record DumpStart(Form form, long at) {
  /** "SQLite format 3" in Base64, as far as it does not depend on what follows. */
  private static final String START = "U1FMaXRlIGZvcm1hdCAz";

  private static final String KEY = "training-camp-db";
  private static final int HEAD = 8192;

  /** A local storage holds 5 million characters, and may be written with escapes. */
  private static final int LONGEST_STORAGE = 64 * 1024 * 1024;

  /** "SQL" as numbers, also with their indexes. */
  private static final Pattern BYTES =
      Pattern.compile(
          "^[\\s\"'`\\\\]*(?:Uint8Array\\s*(?:\\(\\d+\\))?\\s*)?[\\[{(]?\\s*(?:\\\\?\"0\\\\?\":)?\\s*"
              + "(83\\s*,\\s*(?:\\\\?\"1\\\\?\":)?\\s*81\\s*,\\s*(?:\\\\?\"2\\\\?\":)?\\s*76\\s*,)");

  /** How the bytes are written. */
  enum Form {
    BASE64,
    /** Base64 that ends with a quote, behind which other keys follow. */
    STORAGE,
    BYTES
  }

  /** Finds it; empty where the text holds no database. */
  static Optional<DumpStart> in(Reader text) throws IOException {
    char[] chars = new char[HEAD];
    int read = 0;
    for (int some = 0; some >= 0 && read < HEAD; some = text.read(chars, read, HEAD - read)) {
      read += some;
    }
    String head = new String(chars, 0, read);
    int first = afterPadding(head, 0);
    if (head.startsWith("data:", first)) {
      first = afterPadding(head, head.indexOf(',', first) + 1);
    }
    if (startsAt(head, first)) {
      return Optional.of(new DumpStart(Form.BASE64, first));
    }
    Matcher bytes = BYTES.matcher(head);
    if (bytes.find()) {
      return Optional.of(new DumpStart(Form.BYTES, bytes.start(1)));
    }
    return head.startsWith("{", first) ? inStorage(head, text) : Optional.empty();
  }

  private static Optional<DumpStart> inStorage(String head, Reader text) throws IOException {
    StringBuilder window = new StringBuilder(head);
    long dropped = 0;
    char[] more = new char[1 << 16];
    while (dropped < LONGEST_STORAGE) {
      int key = window.indexOf(KEY);
      if (key >= 0 && window.length() - key > 2 * HEAD) {
        int value = afterKey(window, key + KEY.length());
        return startsAt(window, value)
            ? Optional.of(new DumpStart(Form.STORAGE, dropped + value))
            : Optional.empty();
      }
      int some = text.read(more);
      if (some < 0) {
        int value = key < 0 ? -1 : afterKey(window, key + KEY.length());
        return value >= 0 && startsAt(window, value)
            ? Optional.of(new DumpStart(Form.STORAGE, dropped + value))
            : Optional.empty();
      }
      if (key < 0 && window.length() > HEAD) {
        int gone = window.length() - KEY.length();
        dropped += gone;
        window.delete(0, gone);
      }
      window.append(more, 0, some);
    }
    return Optional.empty();
  }

  private static int afterKey(CharSequence text, int from) {
    int at = from;
    while (at < text.length() && (isPadding(text.charAt(at)) || text.charAt(at) == ':')) {
      at++;
    }
    return at;
  }

  private static int afterPadding(CharSequence text, int from) {
    int at = from;
    while (at < text.length() && isPadding(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private static boolean startsAt(CharSequence text, int at) {
    StringBuilder seen = new StringBuilder();
    for (int i = at; i < text.length() && seen.length() < START.length(); i++) {
      if (!isPadding(text.charAt(i))) {
        seen.append(text.charAt(i));
      }
    }
    return START.contentEquals(seen);
  }

  /** White space, the mark, the quotes of JSON or a console, and what JSON puts before a slash. */
  static boolean isPadding(int c) {
    return c <= ' ' || c == '\uFEFF' || c == '"' || c == '\'' || c == '`' || c == '\\';
  }
}
