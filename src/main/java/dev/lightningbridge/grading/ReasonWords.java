package dev.lightningbridge.grading;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The reason in an answer of a judge that is no JSON. */
final class ReasonWords {
  private static final Pattern LABELLED =
      Pattern.compile(
          "(?is)\\b(?:reason(?:ing)?|explanation|rationale|justification|comment)\\b[\"'*_\\s]*[:=]"
              + "[\"'*_\\s]*(.*?)"
              + "(?=[\"'\\s]*,?[\"'\\s*]*\\bscore\\b[\"'*\\s]*[:=]|[\"'\\s,]*}[^}]*\\z|\\z)");

  private ReasonWords() {}

  /** What is called the reason, else the whole answer. */
  static String in(String text) {
    Matcher reason = LABELLED.matcher(text);
    return (reason.find() ? reason.group(1) : text).strip();
  }
}
