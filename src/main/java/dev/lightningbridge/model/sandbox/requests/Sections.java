package dev.lightningbridge.model.sandbox.requests;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts a meta-prompt into what stands under its headings. */
public final class Sections {
  private static final Pattern FENCED =
      Pattern.compile("\\A(`{3,}|~{3,})[^\\n]*\\n(.*?)\\n?\\1\\s*\\z", Pattern.DOTALL);

  private Sections() {}

  /**
   * What stands between the first match of the heading and the first match of the end after it,
   * stripped; empty where there is no such heading.
   */
  public static String between(String text, Pattern heading, Pattern end) {
    Matcher start = heading.matcher(text);
    if (!start.find()) {
      return "";
    }
    Matcher stop = end.matcher(text);
    return text.substring(start.end(), stop.find(start.end()) ? stop.start() : text.length())
        .strip();
  }

  /** What stands after the last match of the heading, stripped; empty where there is none. */
  public static String afterLast(String text, Pattern heading) {
    return heading
        .matcher(text)
        .results()
        .reduce((a, b) -> b)
        .map(m -> text.substring(m.end()).strip())
        .orElse("");
  }

  /** The text without the fence around it. */
  public static String unfenced(String text) {
    Matcher fenced = FENCED.matcher(text.strip());
    return fenced.matches() ? fenced.group(2) : text.strip();
  }
}
