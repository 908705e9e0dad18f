package dev.lightningbridge.common;

import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Characters that command a terminal, or change in which order a text is shown, in texts that come
 * from databases, users and models: Unicode's control characters but for line feed and tab, line
 * and paragraph separators, and the marks that embed, override or isolate a direction (UAX 9). A
 * carriage return before a line feed is part of it.
 */
public final class ControlText {
  private static final String CONTROL =
      "[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069]";
  private static final Pattern ANY = Pattern.compile(CONTROL);
  private static final Pattern LINE_END = Pattern.compile("\\r\\n?|[\\x85\\u2028\\u2029]");
  private static final Pattern ANY_OR_LINE = Pattern.compile(CONTROL + "|\\n");

  private ControlText() {}

  /**
   * The text as a terminal may get it: such a character is shown as JSON would write it, {@code
   * \u001b}; so a JSON document stays the same document.
   */
  public static String shown(String text) {
    return ANY.matcher(text.replace("\r\n", "\n")).replaceAll(ControlText::escape);
  }

  /** As {@link #shown}, on one line: nothing in it can pass for a line of a log. */
  public static String onOneLine(String text) {
    return ANY_OR_LINE.matcher(text).replaceAll(ControlText::escape);
  }

  /** The text without them; all ends of lines are line feeds. */
  public static String cleaned(String text) {
    return ANY.matcher(LINE_END.matcher(text).replaceAll("\n")).replaceAll("");
  }

  /** Whether there is one. */
  public static boolean isIn(String text) {
    return ANY.matcher(text).find();
  }

  /**
   * Whether there is one that the other text has not; where a line ends with two, both are fine.
   */
  public static boolean isIn(String text, String other) {
    return ANY.matcher(text.replace("\r\n", "\n"))
        .results()
        .anyMatch(found -> !other.contains(found.group()));
  }

  private static String escape(MatchResult found) {
    return "\\\\u%04x".formatted((int) found.group().charAt(0));
  }
}
