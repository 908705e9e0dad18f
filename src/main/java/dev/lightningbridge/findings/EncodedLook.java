package dev.lightningbridge.findings;

import dev.lightningbridge.findings.Sentences.Sentence;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;

/**
 * Points at encoded runs that decode to words, and at sentences that other looks point at only when
 * a disguise is taken off.
 */
final class EncodedLook implements Look {
  private static final int SHOWN = 80;

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
    for (Disguise disguise : Disguise.ALL) {
      String said = disguise.undo().apply(sentence.text());
      if (!said.equals(sentence.text()) && isPointedAt(said)) {
        Suspect suspect =
            suspect(sentence.start(), sentence.end(), "Read " + disguise.name() + ": ", said);
        if (found.stream().noneMatch(suspect::overlaps)) {
          found.add(suspect);
        }
      }
    }
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
