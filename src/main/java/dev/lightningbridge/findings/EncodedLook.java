package dev.lightningbridge.findings;

import dev.lightningbridge.findings.Sentences.Sentence;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Points at encoded runs that decode to words, and at sentences that other looks point at, or that
 * have known words, only when a disguise is taken off.
 */
final class EncodedLook implements Look {
  private static final int SHOWN = 80;
  private static final Pattern ADDRESS = Pattern.compile("://|@|\\w\\.\\w");

  private final List<Look> looks;

  /**
   * @param looks told what stands behind a disguise
   */
  EncodedLook(List<Look> looks) {
    this.looks = looks;
  }

  @Override
  public List<Suspect> at(String text) {
    List<Suspect> found = new ArrayList<>();
    for (Code code : Code.ALL) {
      for (MatchResult match : code.run().matcher(text).results().toList()) {
        code.said(match)
            .map(said -> suspect(match.start(), match.end(), "In " + code.name() + ": ", said))
            .filter(suspect -> found.stream().noneMatch(suspect::overlaps))
            .ifPresent(found::add);
      }
    }
    for (Sentence sentence : Sentences.of(text)) {
      disguised(sentence, found);
    }
    return found;
  }

  private void disguised(Sentence sentence, List<Suspect> found) {
    if (isPointedAt(sentence.text())) {
      return;
    }
    boolean unknown = Vocabulary.isUnknown(sentence.text());
    for (Disguise disguise : Disguise.ALL) {
      String said = disguise.undo().apply(sentence.text());
      if (mayMean(said, sentence.text())
          && (isPointedAt(said) || (unknown && Vocabulary.isReadable(said)))) {
        Suspect suspect =
            suspect(sentence.start(), sentence.end(), "Read " + disguise.name() + ": ", said);
        if (found.stream().noneMatch(suspect::overlaps)) {
          found.add(suspect);
        }
      }
    }
  }

  /** Of most disguises nothing is left but letters; that is told before all patterns are tried. */
  private static boolean mayMean(String said, String text) {
    return !said.equalsIgnoreCase(text)
        && (Vocabulary.hasKnown(said) || ADDRESS.matcher(said).find());
  }

  private boolean isPointedAt(String text) {
    return looks.stream().anyMatch(look -> !look.at(text).isEmpty());
  }

  private static Suspect suspect(int start, int end, String how, String said) {
    String shown = said.length() <= SHOWN ? said : said.substring(0, SHOWN - 1) + "…";
    return new Suspect(
        Finding.Kind.ENCODED, start, end, how + "“" + shown.replace('\n', ' ') + "”.");
  }
}
