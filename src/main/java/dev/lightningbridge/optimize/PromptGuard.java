package dev.lightningbridge.optimize;

import static java.util.stream.Collectors.joining;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.Figures;
import dev.lightningbridge.grading.BoundedMatch;
import dev.lightningbridge.model.TokenEstimate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/**
 * What each prompt of a search must hold: the start's places and tags, and the lines of it that the
 * user marked; and how long it may be.
 *
 * @param places of the start, such as {@code {{question}}} or {@code <rules>}
 * @param lines without white space around them
 * @param mostTokens by {@link TokenEstimate}
 */
public record PromptGuard(Set<String> places, Set<String> lines, long mostTokens) {
  /** A prompt may have so many times the start's tokens. */
  public static final int GROWTH = 4;

  /** So many tokens a prompt may always have where nothing else was said. */
  public static final int ALWAYS_ALLOWED = 1_000;

  private static final int SHOWN = 5;
  private static final int LINE_SHOWN = 60;

  /**
   * Of a search that begins with this prompt.
   *
   * @throws BridgeException where a regular expression cannot be read
   */
  public static PromptGuard of(String start, PromptRules rules) {
    Set<String> lines = new LinkedHashSet<>();
    rules.keep().forEach(pattern -> lines.addAll(marked(start, pattern)));
    Integer most = rules.maxPromptTokens();
    return new PromptGuard(
        Places.in(start),
        lines,
        most == null ? Math.max(ALWAYS_ALLOWED, GROWTH * TokenEstimate.of(start)) : most);
  }

  /**
   * What should be known of the rules before a run, each a sentence.
   *
   * @throws BridgeException as {@link #of}
   */
  public static List<String> remarks(String start, PromptRules rules) {
    List<String> remarks = new ArrayList<>();
    for (String pattern : rules.keep()) {
      Set<String> marked = marked(start, pattern);
      remarks.add(
          marked.isEmpty()
              ? "No line of the current prompt matches %s (--keep): nothing is kept by it."
                  .formatted(pattern)
              : "Kept in every prompt, by %s: %s.".formatted(pattern, shown(quoted(marked))));
    }
    long most = of(start, rules).mostTokens();
    long tokens = TokenEstimate.of(start);
    if (tokens > most) {
      remarks.add(
          "The current prompt has about %s tokens, more than new ones may have (%s, --max-prompt-tokens): only shorter ones are run."
              .formatted(Figures.count(tokens), Figures.count(most)));
    }
    return remarks;
  }

  private static Set<String> marked(String start, String pattern) {
    Pattern compiled = compiled(pattern);
    Set<String> marked = new LinkedHashSet<>();
    start
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && BoundedMatch.find(compiled, line))
        .forEach(marked::add);
    return marked;
  }

  private static Pattern compiled(String pattern) {
    try {
      return Pattern.compile(pattern);
    } catch (PatternSyntaxException e) {
      throw new BridgeException(
          OptimizeError.UNREADABLE_KEEP,
          "the regular expression for lines to keep cannot be read: " + e.getDescription(),
          pattern,
          "Write it as java.util.regex.Pattern takes it, for example '^Never '.",
          e);
    }
  }

  /** What of the start must stand in each prompt and does not in this one. */
  public List<String> lost(String prompt) {
    Set<String> there = Places.in(prompt);
    return Stream.concat(
            places.stream().filter(place -> !there.contains(place)), lostLines(prompt).stream())
        .toList();
  }

  private List<String> lostLines(String prompt) {
    Set<String> there = stripped(prompt);
    return lines.stream().filter(line -> !there.contains(line)).toList();
  }

  /** Why the prompt may not be run, as the end of a sentence; empty where it may. */
  public Optional<String> fault(String prompt) {
    List<String> lost = lost(prompt);
    if (!lost.isEmpty()) {
      return Optional.of("it lost " + shown(quoted(lost)));
    }
    long tokens = TokenEstimate.of(prompt);
    return tokens <= mostTokens
        ? Optional.empty()
        : Optional.of(
            "it has about %s tokens, and %s are the most (--max-prompt-tokens)"
                .formatted(Figures.count(tokens), Figures.count(mostTokens)));
  }

  /** Whether a part of a prompt holds what must stay. */
  public boolean guards(String part) {
    return Places.in(part).stream().anyMatch(places::contains)
        || stripped(part).stream().anyMatch(lines::contains);
  }

  /**
   * An edit of a prompt with the lines put back that it lost, each behind or before the line that
   * is its neighbour there, or at the end: lines that the user marked, and those that hold little
   * beside a place. What stood within other words is not put back.
   */
  String mended(String parent, String edit) {
    List<String> result = new ArrayList<>(edit.lines().toList());
    List<String> before = parent.lines().toList();
    for (int i = 0; i < before.size(); i++) {
      String line = before.get(i).strip();
      if (isToBePutBack(line, String.join("\n", result))) {
        result.add(place(before, i, result), before.get(i));
      }
    }
    return String.join("\n", result);
  }

  private boolean isToBePutBack(String line, String edit) {
    if (stripped(edit).contains(line)) {
      return false;
    }
    Set<String> there = Places.in(edit);
    boolean holdsALostPlace =
        places.stream().anyMatch(place -> line.contains(place) && !there.contains(place));
    return lines.contains(line) || (holdsALostPlace && Places.isLittleBesides(line));
  }

  private static int place(List<String> before, int line, List<String> after) {
    List<String> there = after.stream().map(String::strip).toList();
    for (int i = line - 1; i >= 0; i--) {
      String neighbour = before.get(i).strip();
      if (!neighbour.isEmpty() && there.contains(neighbour)) {
        return behindBlanks(there, there.lastIndexOf(neighbour) + 1, line - i - 1);
      }
    }
    for (int i = line + 1; i < before.size(); i++) {
      String neighbour = before.get(i).strip();
      if (!neighbour.isEmpty() && there.contains(neighbour)) {
        return there.indexOf(neighbour);
      }
    }
    return after.size();
  }

  /** The place behind so many blank lines, as far as they are there. */
  private static int behindBlanks(List<String> lines, int place, int blanks) {
    int behind = place;
    while (behind < lines.size() && behind < place + blanks && lines.get(behind).isEmpty()) {
      behind++;
    }
    return behind;
  }

  private static Set<String> stripped(String prompt) {
    Set<String> lines = new LinkedHashSet<>();
    prompt.lines().map(String::strip).forEach(lines::add);
    return lines;
  }

  private static List<String> quoted(Iterable<String> texts) {
    List<String> quoted = new ArrayList<>();
    for (String text : texts) {
      String cut = text.codePointCount(0, text.length()) <= LINE_SHOWN ? text : cut(text);
      quoted.add(Places.in(text).contains(text) ? text : "\"" + cut + "\"");
    }
    return quoted;
  }

  private static String cut(String text) {
    return text.substring(0, text.offsetByCodePoints(0, LINE_SHOWN)) + "…";
  }

  private static String shown(List<String> texts) {
    return texts.stream().limit(SHOWN).collect(joining(", "))
        + (texts.size() > SHOWN ? " and %d more".formatted(texts.size() - SHOWN) : "");
  }
}
