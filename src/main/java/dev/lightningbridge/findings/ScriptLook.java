package dev.lightningbridge.findings;

import java.lang.Character.UnicodeScript;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Points at words with letters of several scripts, and at words of a script that the start has not.
 * As in Unicode's technical standard 39, Japanese, Chinese and Korean may mix theirs.
 */
final class ScriptLook implements Look {
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}]+");

  /** A unit such as kΩ is no word. */
  private static final int SHORTEST_MIXED = 3;

  private static final int SHORTEST_NEW = 2;

  /** So many Latin words in a row are a sentence, not a name or a field. */
  private static final int LATIN_SENTENCE = 6;

  private final Set<UnicodeScript> known;

  ScriptLook(String start) {
    known =
        WORD.matcher(start)
            .results()
            .flatMap(w -> scripts(w.group()).stream())
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(UnicodeScript.class)));
    if (known.stream().anyMatch(ScriptLook::isEastAsian)) {
      known.addAll(EnumSet.of(UnicodeScript.HAN, UnicodeScript.HIRAGANA, UnicodeScript.KATAKANA));
    }
  }

  @Override
  public List<Suspect> at(String text) {
    List<Suspect> found = new ArrayList<>();
    List<MatchResult> latin = new ArrayList<>();
    for (MatchResult word : WORD.matcher(text).results().toList()) {
      Set<UnicodeScript> scripts = scripts(word.group());
      Set<UnicodeScript> alphabets =
          scripts.stream().filter(s -> !isEastAsian(s)).collect(Collectors.toSet());
      if (alphabets.size() > 1 && word.group().length() >= SHORTEST_MIXED) {
        found.add(suspect(word, word, "A word with letters of several scripts: %s.", alphabets));
      } else {
        Set<UnicodeScript> unknown =
            scripts.stream().filter(this::isNew).collect(Collectors.toSet());
        if (!unknown.isEmpty() && word.group().length() >= SHORTEST_NEW) {
          add(found, text, word, unknown);
        }
      }
      if (scripts.contains(UnicodeScript.LATIN) && !follows(latin, word, text)) {
        latin.clear();
      }
      if (scripts.contains(UnicodeScript.LATIN)) {
        latin.add(word);
      }
      if (latin.size() == LATIN_SENTENCE && !known.contains(UnicodeScript.LATIN)) {
        found.add(
            suspect(
                latin.getFirst(),
                latin.getLast(),
                "A sentence in another script than the current prompt's: %s.",
                Set.of(UnicodeScript.LATIN)));
      }
    }
    return found;
  }

  private boolean isNew(UnicodeScript script) {
    return script != UnicodeScript.LATIN && !known.contains(script);
  }

  private static boolean follows(List<MatchResult> latin, MatchResult word, String text) {
    return !latin.isEmpty()
        && text.substring(latin.getLast().end(), word.start())
            .codePoints()
            .noneMatch(Character::isLetter);
  }

  /** Words of one line that stand beside each other are one place. */
  private static void add(
      List<Suspect> found, String text, MatchResult word, Set<UnicodeScript> scripts) {
    Suspect suspect =
        suspect(word, word, "Letters of a script that the current prompt has not: %s.", scripts);
    Suspect last = found.isEmpty() ? null : found.getLast();
    if (last != null
        && last.why().equals(suspect.why())
        && text.substring(last.end(), suspect.start())
            .codePoints()
            .noneMatch(c -> Character.isLetter(c) || c == '\n')) {
      found.removeLast();
      suspect = new Suspect(suspect.kind(), last.start(), suspect.end(), suspect.why());
    }
    found.add(suspect);
  }

  private static Suspect suspect(
      MatchResult first, MatchResult last, String why, Set<UnicodeScript> scripts) {
    return new Suspect(
        Finding.Kind.SCRIPT,
        first.start(),
        last.end(),
        why.formatted(
            scripts.stream()
                .map(
                    s ->
                        Character.toTitleCase(s.name().charAt(0))
                            + s.name().substring(1).toLowerCase(Locale.ROOT).replace('_', ' '))
                .sorted()
                .collect(Collectors.joining(", "))));
  }

  private static boolean isEastAsian(UnicodeScript script) {
    return switch (script) {
      case HAN, HIRAGANA, KATAKANA, HANGUL, BOPOMOFO -> true;
      default -> false;
    };
  }

  private static Set<UnicodeScript> scripts(String word) {
    return word.codePoints()
        .mapToObj(UnicodeScript::of)
        .filter(s -> s != UnicodeScript.COMMON && s != UnicodeScript.INHERITED)
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(UnicodeScript.class)));
  }
}
