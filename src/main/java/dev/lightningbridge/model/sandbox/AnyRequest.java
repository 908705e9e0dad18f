package dev.lightningbridge.model.sandbox;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A request of any kind. The answer is made of its words; what the worker minds shows in its form.
 *
 * @param padding what a worker adds that does not mind the length
 * @param jargon what a worker adds that does not mind plain words
 */
record AnyRequest(String text, String padding, String jargon) implements Situation {
  private static final int MOST_WORDS = 90;
  private static final Pattern WORD = Pattern.compile("\\p{L}{4,20}");
  private static final Pattern NUMBER = Pattern.compile("\\d[\\d-]{2,}");
  private static final Pattern ASKER =
      Pattern.compile(
          "(?m)(?:^(?:From|Name|Customer|Contact):|\\b[Mm]y name is) +(\\p{Lu}\\p{L}+)");
  private static final Pattern APOLOGY = Pattern.compile("(?i)\\b(sorry|apolog)");
  private static final Pattern FILLER = Pattern.compile("(?i)\\b(of course|great question)");
  private static final Pattern JARGON = Pattern.compile("(?i)\\b(leverag|holistic|synerg)");
  private static final Pattern TITLE = Pattern.compile("\\A\\*\\*[^*\\n]+\\*\\*(\\n|\\z)");
  private static final Pattern PRIORITY = Pattern.compile("(?m)^Priority: P[1-4]$");
  private static final Pattern CATEGORY = Pattern.compile("(?m)^Category: \\w");
  private static final Pattern ASSUMPTIONS = Pattern.compile("(?m)^Assumptions: ");
  private static final Pattern MISSING = Pattern.compile("(?m)^Missing: ");
  private static final Pattern NEXT = Pattern.compile("(?m)^Next step: ");
  private static final Pattern BULLET = Pattern.compile("(?m)^- ");
  private static final Pattern SUMMARY = Pattern.compile("(?:\\A|\\n)Summary: [^\\n]+\\s*\\z");

  @Override
  public boolean holds(String rule) {
    return switch (rule) {
      case "names_the_asker" -> asker().isPresent();
      case "has_a_number" -> number().isPresent();
      default -> throw new IllegalArgumentException(rule);
    };
  }

  private Optional<String> asker() {
    return Parsing.group(ASKER, text);
  }

  /** The longest number of the request. */
  private Optional<String> number() {
    return NUMBER
        .matcher(text)
        .results()
        .map(MatchResult::group)
        .max(Comparator.comparingInt(String::length));
  }

  @Override
  public String answer(Conduct conduct) {
    Words words = new Words(text);
    List<String> lines = new ArrayList<>();
    if (conduct.shows("title")) {
      lines.add("**About " + words.at(0) + " and " + words.at(1) + "**");
    }
    if (conduct.shows("category")) {
      lines.add("Category: " + words.at(0));
    }
    if (conduct.shows("priority")) {
      lines.add("Priority: P" + (1 + (int) (4 * Draw.of("priority", text))));
    }
    asker().filter(a -> conduct.shows("address")).ifPresent(a -> lines.add("Hello " + a + ","));
    if (!conduct.shows("filler")) {
      lines.add("Of course! Great question.");
    }
    if (!conduct.shows("apology")) {
      lines.add("Sorry for the trouble.");
    }
    lines.add(points(words, conduct.shows("bullets")));
    number().filter(n -> conduct.shows("quote")).ifPresent(n -> lines.add("Reference: " + n));
    if (!conduct.shows("plain")) {
      lines.add(jargon);
    }
    if (!conduct.shows("short")) {
      lines.add(padding);
    }
    if (conduct.shows("missing")) {
      lines.add("Missing: more about " + words.at(2) + ".");
    }
    if (conduct.shows("assumptions")) {
      lines.add("Assumptions: " + words.at(3) + " is as described.");
    }
    if (conduct.shows("next")) {
      lines.add("Next step: look into " + words.at(1) + ".");
    }
    if (conduct.shows("summary")) {
      lines.add("Summary: it is about " + words.at(0) + ", and we take care of it.");
    }
    return String.join("\n", lines);
  }

  private static String points(Words words, boolean asBullets) {
    Stream<String> points =
        Stream.of(
            "The request concerns " + words.at(0) + " and " + words.at(1) + ".",
            "It mentions " + words.at(2) + " next to " + words.at(3) + ".",
            "What helps is a closer look at " + words.at(4) + ".");
    return asBullets
        ? String.join("\n", points.map(p -> "- " + p).toList())
        : String.join(" ", points.toList());
  }

  @Override
  public Map<String, Boolean> check(String output) {
    Map<String, Boolean> shown = new HashMap<>();
    if (output.isBlank()) {
      return shown;
    }
    shown.put("bullets", BULLET.matcher(output).results().limit(2).count() == 2);
    shown.put("short", output.strip().split("\\s+").length <= MOST_WORDS);
    shown.put("summary", SUMMARY.matcher(output).find());
    shown.put("apology", !APOLOGY.matcher(output).find());
    shown.put("assumptions", ASSUMPTIONS.matcher(output).find());
    shown.put("address", asker().filter(a -> greets(output, a)).isPresent());
    shown.put("next", NEXT.matcher(output).results().limit(2).count() == 1);
    shown.put("quote", number().filter(output::contains).isPresent());
    shown.put("filler", !FILLER.matcher(output).find());
    shown.put("missing", MISSING.matcher(output).find());
    shown.put("priority", PRIORITY.matcher(output).find());
    shown.put("category", CATEGORY.matcher(output).find());
    shown.put("title", TITLE.matcher(output).find());
    shown.put("plain", !JARGON.matcher(output).find());
    return shown;
  }

  private static boolean greets(String output, String name) {
    return output
        .lines()
        .anyMatch(l -> l.matches("(Hello|Hi|Dear|Good \\w+),? .*") && l.contains(name));
  }

  /** The longer words of a text, each once; plain ones where the text has too few. */
  private record Words(List<String> list) {
    Words(String text) {
      this(
          Stream.concat(
                  WORD.matcher(text)
                      .results()
                      .map(MatchResult::group)
                      .filter(Words::harmless)
                      .distinct()
                      .sorted(Comparator.comparingInt((String w) -> -w.length())),
                  Stream.of("matter", "details", "background", "circumstances", "outcome"))
              .limit(40)
              .toList());
    }

    /** Whether the word alone does not change what the answer is checked for. */
    private static boolean harmless(String word) {
      return !APOLOGY.matcher(word).find() && !JARGON.matcher(word).find();
    }

    String at(int place) {
      return list.get(place % list.size());
    }
  }
}
