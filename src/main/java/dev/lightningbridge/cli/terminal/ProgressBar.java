package dev.lightningbridge.cli.terminal;

import dev.lightningbridge.common.ControlText;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;

/**
 * The line at the bottom of a terminal that is written again and again. It never takes more than
 * one line, however narrow the terminal is.
 */
public final class ProgressBar {
  private static final String CLEAR = "\r\u001b[2K";

  /** Off while the line is written: a terminal that was made narrower since cuts it off. */
  private static final String WRAP_OFF = "\u001b[?7l";

  private static final String WRAP_ON = "\u001b[?7h";
  private static final int WIDE = 100;
  private static final int WIDE_BAR = 28;
  private static final int NARROW = 60;
  private static final int NARROW_BAR = 10;

  private final PlainStream err;
  private final IntSupplier columns;
  private boolean shown;

  public ProgressBar(PlainStream err, IntSupplier columns) {
    this.err = err;
    this.columns = columns;
  }

  /**
   * Writes it.
   *
   * @param share that is done, 0 to 1
   * @param parts the most important first
   */
  void draw(double share, List<String> parts) {
    err.command(CLEAR + WRAP_OFF);
    err.print(line(share, parts, columns.getAsInt() - 1));
    err.command(WRAP_ON);
    err.flush();
    shown = true;
  }

  /** Takes it away. */
  void clear() {
    if (shown) {
      err.command(CLEAR);
      shown = false;
    }
  }

  static String line(double share, List<String> parts, int columns) {
    List<String> said = new ArrayList<>(parts);
    said.removeIf(String::isEmpty);
    String text = ControlText.onOneLine(String.join(" · ", said));
    int bar = columns >= WIDE ? WIDE_BAR : columns >= NARROW ? NARROW_BAR : 0;
    if (bar > 0) {
      int full = (int) Math.min(bar, Math.floor(bar * share));
      text = "[" + "█".repeat(full) + "░".repeat(bar - full) + "] " + text;
    }
    return cut(text, columns);
  }

  private static String cut(String text, int columns) {
    int used = 0;
    int end = 0;
    int last = 0;
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      used += columnsOf(text.codePointAt(i));
      if (used > columns) {
        return text.substring(0, last) + "…";
      }
      last = used < columns ? i + Character.charCount(text.codePointAt(i)) : last;
      end = i + Character.charCount(text.codePointAt(i));
    }
    return text.substring(0, end);
  }

  /** Chinese, Japanese and Korean letters and pictures take two columns; accents none. */
  private static int columnsOf(int letter) {
    int type = Character.getType(letter);
    if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
      return 0;
    }
    boolean wide =
        switch (Character.UnicodeScript.of(letter)) {
          case HAN, HIRAGANA, KATAKANA, HANGUL -> true;
          default -> letter >= 0x1f300 || (letter >= 0xff01 && letter <= 0xff60);
        };
    return wide ? 2 : 1;
  }
}
