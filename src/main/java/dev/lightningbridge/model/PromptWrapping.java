package dev.lightningbridge.model;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Takes off a new prompt what its editor put around it although told not to: a line before it, a
 * code fence around the whole, a word to the reader after it. What may be part of the prompt stays:
 * a fence that ends before the prompt does or is of a language, and a last paragraph that does not
 * offer changes where nothing else shows that the editor talks.
 */
final class PromptWrapping {
  private static final String NEW =
      "(?:improved|revised|updated|new|edited|rewritten|optimi[sz]ed|refined|modified|final|better"
          + "|enhanced|corrected|adjusted)";
  private static final String NOUN =
      "(?:(?:system |user )?prompt(?: template)?|version|instructions?|template|revision)";

  /** A first line such as "Sure! Here is the improved prompt:" or "**Revised prompt**". */
  private static final Pattern INTRODUCTION =
      Pattern.compile(
          ("(?i)\\s*(?:"
                  + "(?:[\\w' ]{1,30}[!.,:]\\s*)?(?:here(?:'s|’s| is)|below is|this is)\\b"
                  + "(?=[^\\n]*\\b(?:%1$s|prompt)\\b)[^\\n]{0,120}?\\b%2$s\\b[^\\n]{0,160}:"
                  + "|[#*_ ]{0,6}(?:the |my |your )?(?:%1$s,? ){1,3}%2$s[*_ ]{0,3}:?"
                  + ")[*_ ]{0,3}(?:\\n|\\z)")
              .formatted(NEW, NOUN));

  private static final Pattern FENCE = Pattern.compile("(`{3,}|~{3,})[ \\t]*([\\w.+-]*)[ \\t]*");
  private static final Set<String> OF_NO_LANGUAGE =
      Set.of("", "text", "txt", "plain", "plaintext", "markdown", "md", "prompt", "none");
  private static final Pattern RULE = Pattern.compile("[-*_=]{3,}");

  /** How an editor goes on to talk after its work. */
  private static final Pattern TALK =
      Pattern.compile(
          ("(?is)[*_# ]{0,6}(?:(?:please )?let me know|i hope|hope this|feel free|would you like"
                  + "|(?:key |main |summary of )?(?:changes|improvements)\\b|what (?:i )?changed"
                  + "|explanation\\b|rationale\\b|th(?:is|e) (?:%1$s )?%2$s\\b|these changes"
                  + "|i(?:'ve| have|’ve)? (?:also )?(?:added|made|changed|kept|removed|included"
                  + "|clarified|rewritten|restructured|addressed|incorporated)\\b).*")
              .formatted(NEW, NOUN));

  private static final Pattern FAREWELL =
      Pattern.compile(
          "(?i)[*_ ]{0,3}(?:(?:please )?let me know|i hope (?:this|that)|hope this|feel free to)"
              + "\\b[^\\n]*");
  private static final Pattern OFFER_OF_CHANGES =
      Pattern.compile(
          "(?i)[*_ ]{0,3}(?:(?:please )?let me know if|feel free to|would you like me to"
              + "|if you(?:'d|’d| would) like)\\b[^\\n]*"
              + "\\b(?:changes?|adjust\\w*|refine\\w*|tweaks?|revis\\w+|modif\\w+|edits?)\\b[^\\n]*");

  private PromptWrapping() {}

  /** The prompt alone; the text as it is where nothing is around it. */
  static String off(String text) {
    Matcher introduction = INTRODUCTION.matcher(text);
    if (!introduction.lookingAt()) {
      String inside = insideFence(text, false);
      return inside == null ? withoutLast(text, OFFER_OF_CHANGES) : inside;
    }
    String rest = withoutRules(text.substring(introduction.end()));
    String inside = insideFence(rest, true);
    return inside == null ? withoutRules(withoutLast(withoutNotes(rest), FAREWELL)) : inside;
  }

  /**
   * What is between the lines of a fence around the whole.
   *
   * @param introduced whether the editor said that this is the prompt
   * @return null where there is no such fence
   */
  private static @Nullable String insideFence(String text, boolean introduced) {
    List<String> lines = text.strip().lines().toList();
    Matcher opening = FENCE.matcher(lines.isEmpty() ? "" : lines.getFirst());
    if (!opening.matches()) {
      return null;
    }
    boolean ofNoLanguage = OF_NO_LANGUAGE.contains(opening.group(2).toLowerCase(Locale.ROOT));
    int end = end(lines, opening.group(1));
    if (end < 0 || !(ofNoLanguage || introduced)) {
      return null;
    }
    String after = String.join("\n", lines.subList(end + 1, lines.size()));
    boolean apart = after.startsWith("\n") && introduced && ofNoLanguage;
    boolean whole =
        after.isBlank()
            || OFFER_OF_CHANGES.matcher(after.strip()).matches()
            || (apart && TALK.matcher(withoutRules(after)).matches());
    return whole ? String.join("\n", lines.subList(1, end)) : null;
  }

  /** The line that ends the fence of the first line; -1 where none does. */
  private static int end(List<String> lines, String fence) {
    int depth = 1;
    for (int i = 1; i < lines.size(); i++) {
      Matcher line = FENCE.matcher(lines.get(i).strip());
      if (line.matches() && line.group(1).startsWith(fence)) {
        depth += line.group(2).isEmpty() ? -1 : 1;
        if (depth == 0) {
          return i;
        }
      }
    }
    return -1;
  }

  /** Without the last paragraph where it is of that form, and not all. */
  private static String withoutLast(String text, Pattern form) {
    String stripped = text.stripTrailing();
    int last = stripped.lastIndexOf("\n\n");
    return last > 0 && form.matcher(stripped.substring(last).strip()).matches()
        ? stripped.substring(0, last).stripTrailing()
        : text;
  }

  /** Without what is said about the changes after a rule. */
  private static String withoutNotes(String text) {
    List<String> lines = text.lines().toList();
    for (int i = lines.size() - 1; i > 0; i--) {
      if (RULE.matcher(lines.get(i).strip()).matches()) {
        String after = String.join("\n", lines.subList(i + 1, lines.size()));
        return TALK.matcher(after.strip()).matches()
            ? String.join("\n", lines.subList(0, i))
            : text;
      }
    }
    return text;
  }

  /** Without rules at both ends, as they part a prompt from talk. */
  private static String withoutRules(String text) {
    List<String> lines = text.strip().lines().toList();
    int from = 0;
    int to = lines.size();
    while (from < to && (lines.get(from).isBlank() || isRule(lines.get(from)))) {
      from++;
    }
    while (to > from && (lines.get(to - 1).isBlank() || isRule(lines.get(to - 1)))) {
      to--;
    }
    return String.join("\n", lines.subList(from, to));
  }

  private static boolean isRule(String line) {
    return RULE.matcher(line.strip()).matches();
  }
}
