package dev.lightningbridge.findings;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Findings in words. */
public final class FindingText {
  private static final int LONGEST = 100;

  private FindingText() {}

  /** Id, kind, the words and where they came from, on one line without control characters. */
  public static String line(Finding finding) {
    return "%s  %s: “%s”%s"
        .formatted(finding.id(), finding.kind().text(), excerpt(finding), from(finding));
  }

  /** The option that accepts them, after a space; empty where there are none. */
  public static String acceptance(List<Finding> findings) {
    return findings.isEmpty()
        ? ""
        : " --accept-findings "
            + findings.stream().map(Finding::id).collect(Collectors.joining(","));
  }

  /** Where the words came from; begins with a comma. */
  private static String from(Finding finding) {
    Source source = finding.source();
    return source == null ? "" : ", from %s %s".formatted(source.kind(), source.id());
  }

  /** The words, cut; what nobody sees is shown by its number. */
  public static String excerpt(Finding finding) {
    String text = finding.text();
    return text.codePointCount(0, text.length()) > LONGEST
        ? seen(text.substring(0, text.offsetByCodePoints(0, LONGEST))) + "…"
        : seen(text);
  }

  /** What the row says there, on one line; null where that is not known. */
  public static @Nullable String said(Finding finding) {
    String said = finding.said();
    return said == null || said.isBlank() ? null : seen(said.replace('\n', ' '));
  }

  /** The text with what nobody sees by its number; lines stay lines in what {@code kept} names. */
  public static String seen(String text, int... kept) {
    return text.codePoints()
        .mapToObj(
            c ->
                isSeen(c) || Arrays.stream(kept).anyMatch(k -> k == c)
                    ? Character.toString(c)
                    : "[U+%04X]".formatted(c))
        .collect(Collectors.joining());
  }

  private static boolean isSeen(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.PRIVATE_USE,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
