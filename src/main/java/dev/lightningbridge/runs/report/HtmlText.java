package dev.lightningbridge.runs.report;

import io.quarkus.qute.Expression;
import io.quarkus.qute.RawString;
import io.quarkus.qute.ResultMapper;
import io.quarkus.qute.TemplateNode.Origin;

/**
 * Shows texts from outside as text: every value of a template is escaped, whatever its type and
 * wherever it stands.
 */
public final class HtmlText implements ResultMapper {
  @Override
  public int getPriority() {
    return Integer.MAX_VALUE;
  }

  @Override
  public boolean appliesTo(Origin origin, Object result) {
    return !(result instanceof RawString);
  }

  @Override
  public String map(Object result, Expression expression) {
    return escaped(result.toString());
  }

  /**
   * The text as HTML shows it. Control characters that HTML does not allow, and those that would
   * turn the writing direction around the reader, are shown by their number.
   */
  public static String escaped(String text) {
    StringBuilder html = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '&' -> html.append("&amp;");
                case '<' -> html.append("&lt;");
                case '>' -> html.append("&gt;");
                case '"' -> html.append("&quot;");
                case '\'' -> html.append("&#39;");
                default -> {
                  if (shownByNumber(c)) {
                    html.append(number(c));
                  } else {
                    html.appendCodePoint(c);
                  }
                }
              }
            });
    return html.toString();
  }

  /**
   * What a form that showed a text sends when a person has edited it: with the characters that were
   * shown by their number, and with the text's ends of lines.
   */
  public static String edited(String sent, String shown) {
    String text = sent.replace("\r\n", "\n");
    for (int c : shown.codePoints().filter(HtmlText::shownByNumber).distinct().toArray()) {
      text = text.replace(number(c), Character.toString(c));
    }
    return text;
  }

  private static String number(int c) {
    return "[U+%04X]".formatted(c);
  }

  private static boolean shownByNumber(int c) {
    boolean control = Character.getType(c) == Character.CONTROL;
    return (control && c != '\n' && c != '\t' && c != '\r')
        || Character.getType(c) == Character.SURROGATE
        || (c >= 0x202A && c <= 0x202E)
        || (c >= 0x2066 && c <= 0x2069);
  }
}
