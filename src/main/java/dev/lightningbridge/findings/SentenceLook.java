package dev.lightningbridge.findings;

import dev.lightningbridge.findings.Sentences.Sentence;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Points at sentences in which a pattern matches, unless the sentence forbids what it matches. */
final class SentenceLook implements Look {
  private static final Pattern FORBIDS =
      Pattern.compile(
          "(?:\\bnever|\\bnot|n['’]t|\\bavoid|\\bwithout|\\bnie(?:mals)?|\\bnicht|\\bjamais|\\bnunca|\\bmai)"
              + "(?:\\s+\\w+){0,2}\\s*$",
          Pattern.CASE_INSENSITIVE);

  /** Such a sentence may ask for what it seems to forbid. */
  private static final Pattern TWISTED =
      Pattern.compile(
          "\\b(?:forget|fail|omit|skip|miss|neglect|unless|except|but|until|instead|rather|leave out)\\b",
          Pattern.CASE_INSENSITIVE);

  private final Finding.Kind kind;
  private final String why;
  private final List<Pattern> patterns;

  /**
   * @param rules the name of the resource with the patterns
   */
  SentenceLook(Finding.Kind kind, String why, String rules) {
    this.kind = kind;
    this.why = why;
    this.patterns = PatternRules.of(rules);
  }

  @Override
  public List<Suspect> at(String text) {
    return Sentences.of(text).stream()
        .filter(sentence -> patterns.stream().anyMatch(p -> asksFor(p, sentence)))
        .map(sentence -> new Suspect(kind, sentence.start(), sentence.end(), why))
        .toList();
  }

  private static boolean asksFor(Pattern pattern, Sentence sentence) {
    for (Matcher match = pattern.matcher(sentence.text()); match.find(); ) {
      String before = sentence.text().substring(0, match.start());
      if (!FORBIDS.matcher(before).find() || TWISTED.matcher(sentence.text()).find()) {
        return true;
      }
    }
    return false;
  }
}
