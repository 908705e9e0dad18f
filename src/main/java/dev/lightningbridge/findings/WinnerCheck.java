package dev.lightningbridge.findings;

import static java.util.stream.Collectors.toSet;

import dev.lightningbridge.common.Sha256;
import dev.lightningbridge.findings.Finding.Kind;
import dev.lightningbridge.findings.Finding.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a winner before a person can promote it: for what it has from text of others, and for
 * what an honest improvement does not need. What stands in the start's prompt is no finding. A
 * winner without findings is not proven to be harmless.
 */
public final class WinnerCheck {
  private final String start;
  private final String winner;
  private final List<Place> drawn;

  private WinnerCheck(String start, String winner, List<Place> drawn) {
    this.start = start;
    this.winner = winner;
    this.drawn = List.copyOf(drawn);
  }

  /**
   * What is found, by place; quotes of what people want of the agent after all else, as they are
   * the likeliest to be harmless; what is in outputs last.
   *
   * @param start the current prompt; {@code winner} that which would take its place
   * @param outputs of the sealed test; empty where it was not opened
   * @param sources all texts from outside that the winner may have from
   */
  public static List<Finding> of(
      String start, String winner, List<TestOutput> outputs, SourceTexts sources) {
    return of(start, winner, outputs, sources, List.of());
  }

  /**
   * As the other, where rows were put into the winner on purpose.
   *
   * @param drawn where they stand in it: there, and nowhere else, what is quoted is no finding;
   *     everything else is
   */
  public static List<Finding> of(
      String start,
      String winner,
      List<TestOutput> outputs,
      SourceTexts sources,
      List<Place> drawn) {
    return new WinnerCheck(start, winner, drawn).findings(new Phrases(outputs), sources);
  }

  private List<Finding> findings(Phrases phrases, SourceTexts sources) {
    List<Suspect> suspects = suspects();
    Quotes quotes = new Quotes(start, winner);
    Origins origins = new Origins(start, winner, suspects);
    sources.each(
        (source, text) -> {
          quotes.read(source, text);
          origins.read(source, text);
          if (source.kind().equals(Source.OUTPUT)) {
            phrases.leaveOut(text);
          }
        });
    Map<Suspect, @Nullable Origin> found = new LinkedHashMap<>();
    suspects.forEach(suspect -> found.put(suspect, origins.found().get(suspect)));
    quotes.quotes().stream()
        .filter(quote -> !isDrawn(quote.suspect()))
        .forEach(quote -> found.put(quote.suspect(), quote.origin()));
    Map<Told, Integer> times = new LinkedHashMap<>();
    found.keySet().forEach(suspect -> times.merge(told(suspect), 1, Integer::sum));
    List<Finding> findings = new ArrayList<>();
    found.entrySet().stream()
        .sorted(
            Comparator.comparing((Map.Entry<Suspect, @Nullable Origin> e) -> isWish(e))
                .thenComparingInt(entry -> entry.getKey().start()))
        .forEach(
            entry -> {
              Integer all = times.remove(told(entry.getKey()));
              if (all != null) {
                findings.add(finding(entry.getKey(), entry.getValue(), all));
              }
            });
    findings.addAll(phrases.findings());
    return List.copyOf(findings);
  }

  /** What stands in the prompt several times is told once, at its first place. */
  private record Told(Kind kind, String text) {}

  private Told told(Suspect suspect) {
    return new Told(suspect.kind(), suspect.in(winner));
  }

  private boolean isDrawn(Suspect suspect) {
    return drawn.stream()
        .anyMatch(place -> place.start() <= suspect.start() && suspect.end() <= place.end());
  }

  private static boolean isWish(Map.Entry<Suspect, @Nullable Origin> found) {
    Origin origin = found.getValue();
    return found.getKey().kind() == Kind.QUOTE && origin != null && origin.source().isOfPeople();
  }

  private List<Suspect> suspects() {
    if (start.equals(winner)) {
      return List.of();
    }
    List<Look> looks = looks(start);
    Set<String> known =
        looks.stream().flatMap(l -> l.at(start).stream()).map(s -> s.key(start)).collect(toSet());
    return looks.stream()
        .flatMap(look -> look.at(winner).stream())
        .filter(suspect -> !known.contains(suspect.key(winner)))
        .toList();
  }

  private static List<Look> looks(String start) {
    List<Look> plain =
        List.of(
            new PatternLook(
                Kind.ADDRESS, "An address that the current prompt does not have.", "address.txt"),
            new PatternLook(
                Kind.PHONE, "A number to call that the current prompt does not have.", "phone.txt"),
            new PatternLook(
                Kind.CREDENTIAL,
                "A secret, or words about secrets and payments, that the current prompt does not"
                    + " have.",
                "credential.txt"),
            new PatternLook(
                Kind.TOOL,
                "A command, a markup element or a tool that the current prompt does not have.",
                "tool.txt"),
            new SentenceLook(
                Kind.INSTRUCTION,
                "An instruction of a kind that an honest improvement seldom needs.",
                "instruction.txt"),
            new SentenceLook(Kind.JUDGE, "Aimed at whoever scores the answers.", "judge.txt"));
    List<Look> all = new ArrayList<>(plain);
    all.add(new LanguageLook(start));
    all.add(new HiddenLook());
    all.add(new ScriptLook(start));
    all.add(new StyledLook());
    all.add(new EncodedLook(plain));
    return all;
  }

  private Finding finding(Suspect suspect, @Nullable Origin origin, int times) {
    String text = suspect.in(winner);
    return new Finding(
        id(suspect.kind(), text, suspect.start()),
        suspect.kind(),
        text,
        times == 1 ? suspect.why() : "%s It stands there %d times.".formatted(suspect.why(), times),
        new Place(Place.In.PROMPT, suspect.start(), suspect.end()),
        origin == null ? null : origin.source(),
        origin == null ? null : origin.said());
  }

  /** Short enough to be typed. */
  static String id(Kind kind, String text, int start) {
    return "F" + Sha256.hex("%s %d %s".formatted(kind, start, text)).substring(0, 6);
  }
}
