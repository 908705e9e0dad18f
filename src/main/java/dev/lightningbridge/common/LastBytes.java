package dev.lightningbridge.common;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.UnaryOperator;

/** The end of a stream of any length. Thread-safe. */
final class LastBytes {
  private static final int KEPT = 8_192;
  private static final int LINES = 5;
  private static final int LONGEST = 500;

  private byte[] last = new byte[0];
  private boolean cut;

  /** Reads it to its end. */
  void readAll(InputStream stream) {
    byte[] buffer = new byte[KEPT];
    try {
      for (int n = stream.read(buffer); n >= 0; n = stream.read(buffer)) {
        add(buffer, n);
      }
    } catch (IOException e) {
      // It broke with its process; what came until then is kept.
    }
  }

  private synchronized void add(byte[] more, int length) {
    int old = Math.min(last.length, KEPT - length);
    cut |= old < last.length;
    byte[] joined = new byte[old + length];
    System.arraycopy(last, last.length - old, joined, 0, old);
    System.arraycopy(more, 0, joined, old, length);
    last = joined;
  }

  /**
   * Its last lines, those with anything on them, parted by {@code " | "}.
   *
   * @param redact takes secrets out, before anything is cut
   */
  synchronized String lines(UnaryOperator<String> redact) {
    List<String> lines =
        redact
            .apply(ControlText.cleaned(whole()))
            .lines()
            .map(String::strip)
            .filter(line -> !line.isEmpty())
            .map(line -> line.length() > LONGEST ? line.substring(0, LONGEST) + " …" : line)
            .toList();
    return String.join(" | ", lines.subList(Math.max(0, lines.size() - LINES), lines.size()));
  }

  /** Without the piece of a line that it begins with. */
  private String whole() {
    String text = new String(last, StandardCharsets.UTF_8);
    return cut ? text.substring(text.indexOf('\n') < 0 ? LONGEST : text.indexOf('\n')) : text;
  }
}
