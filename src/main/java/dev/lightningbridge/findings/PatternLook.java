package dev.lightningbridge.findings;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Points at what patterns match. */
final class PatternLook implements Look {
  private final Finding.Kind kind;
  private final String why;
  private final List<Pattern> patterns;

  /**
   * @param rules the name of the resource with the patterns
   */
  PatternLook(Finding.Kind kind, String why, String rules) {
    this.kind = kind;
    this.why = why;
    this.patterns = PatternRules.of(rules);
  }

  @Override
  public List<Suspect> at(String text) {
    List<Suspect> found = new ArrayList<>();
    for (Pattern pattern : patterns) {
      for (Matcher match = pattern.matcher(text); match.find(); ) {
        Suspect suspect = new Suspect(kind, match.start(), match.end(), why);
        if (found.stream().noneMatch(suspect::overlaps)) {
          found.add(suspect);
        }
      }
    }
    return found;
  }
}
