package dev.lightningbridge.common;

import java.util.Collection;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes records of comma-separated values, as RFC 4180 has them, but with line feeds alone. */
public final class CsvLine {
  private static final Pattern SPECIAL = Pattern.compile("[\",\\r\\n]");

  /**
   * How a cell begins that a spreadsheet takes for a formula: also behind blanks, which some leave
   * out, and with the wide forms of the signs.
   */
  private static final Pattern FORMULA =
      Pattern.compile("^(?:[\\s\\p{Z}\\p{Cf}]*[=+\\-@\\uff1d\\uff0b\\uff0d\\uff20]|[\\t\\r\\n])");

  private CsvLine() {}

  /** A record, with its end; what is null is empty, and no text is a formula. */
  public static String of(Collection<? extends @Nullable Object> values) {
    return values.stream()
            .map(
                value ->
                    value == null
                        ? ""
                        : quoted(value instanceof String text ? noFormula(text) : value.toString()))
            .collect(Collectors.joining(","))
        + "\n";
  }

  /** The text, with an apostrophe before it where a spreadsheet would take it for a formula. */
  public static String noFormula(String text) {
    return FORMULA.matcher(text).find() ? "'" + text : text;
  }

  /** The value, in quotes where it must be. */
  public static String quoted(String value) {
    return SPECIAL.matcher(value).find() ? '"' + value.replace("\"", "\"\"") + '"' : value;
  }
}
