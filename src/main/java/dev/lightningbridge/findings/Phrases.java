package dev.lightningbridge.findings;

import dev.lightningbridge.findings.Finding.Kind;
import dev.lightningbridge.findings.Finding.Place;
import dev.lightningbridge.findings.Runs.Run;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Finds a phrase that stands in most of the winner's outputs and in none of the others', and names
 * scores, judges or graders: it may have talked a judge into its score.
 */
final class Phrases {
  private static final List<Pattern> NAMES = PatternRules.of("judge-words.txt");

  /** Of fewer outputs nothing is most. */
  private static final int FEWEST_OUTPUTS = 3;

  private static final int LONGEST = 12;
  private static final int SHORTEST = 2;

  private final Map<String, Seen> seen = new HashMap<>();
  private final int outputs;

  /** A phrase in the winner's outputs: in how many, and where first. */
  private record Seen(int words, int count, String taskId, String output, Run first) {
    Seen more() {
      return new Seen(words, count + 1, taskId, output, first);
    }

    boolean isPartOf(Seen other) {
      return taskId.equals(other.taskId)
          && first.start() < other.first.end()
          && other.first.start() < first.end();
    }
  }

  Phrases(List<TestOutput> all) {
    List<TestOutput> said = all.stream().filter(o -> !o.winner().isBlank()).toList();
    outputs = said.size();
    if (outputs >= FEWEST_OUTPUTS) {
      said.forEach(this::count);
      seen.values().removeIf(phrase -> 2 * phrase.count() <= outputs);
      all.forEach(output -> leaveOut(output.start()));
    }
  }

  private void count(TestOutput output) {
    if (!isAboutScores(output.winner())) {
      return;
    }
    Set<String> once = new HashSet<>();
    for (int words = SHORTEST; words <= LONGEST; words++) {
      for (Run run : Runs.of(output.winner(), words)) {
        String text = output.winner().substring(run.start(), run.end());
        if (once.add(run.text()) && isAboutScores(text)) {
          int length = words;
          seen.compute(
              run.text(),
              (key, before) ->
                  before == null
                      ? new Seen(length, 1, output.taskId(), output.winner(), run)
                      : before.more());
        }
      }
    }
  }

  private static boolean isAboutScores(String text) {
    return NAMES.stream().anyMatch(name -> name.matcher(text).find());
  }

  /** The phrases of this output count no more: others say them too. */
  void leaveOut(String output) {
    for (int words = SHORTEST; words <= LONGEST && !seen.isEmpty(); words++) {
      Runs.of(output, words).forEach(run -> seen.remove(run.text()));
    }
  }

  /** The longest phrases that are left, each with the first output that has it. */
  List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    List<Seen> told = new ArrayList<>();
    seen.entrySet().stream()
        .sorted(
            Map.Entry.<String, Seen>comparingByValue((a, b) -> b.words() - a.words())
                .thenComparing(Map.Entry.comparingByKey()))
        .forEach(
            entry -> {
              if (told.stream().noneMatch(entry.getValue()::isPartOf)) {
                told.add(entry.getValue());
                findings.add(finding(entry.getValue()));
              }
            });
    return findings;
  }

  private Finding finding(Seen phrase) {
    String text = phrase.output().substring(phrase.first().start(), phrase.first().end());
    return new Finding(
        WinnerCheck.id(Kind.OUTPUTS, text, 0),
        Kind.OUTPUTS,
        text,
        "It stands in %d of the winner's %d outputs and in none of the others', and speaks of scores or who gives them."
            .formatted(phrase.count(), outputs),
        new Place(Place.In.OUTPUT, phrase.first().start(), phrase.first().end()),
        new Source("task", phrase.taskId()),
        null);
  }
}
