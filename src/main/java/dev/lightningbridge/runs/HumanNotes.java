package dev.lightningbridge.runs;

import static java.util.stream.Collectors.toSet;

import dev.lightningbridge.common.Figures;
import dev.lightningbridge.corpus.Attempt;
import dev.lightningbridge.corpus.AttemptKind;
import dev.lightningbridge.corpus.Corpus;
import dev.lightningbridge.corpus.Directive;
import dev.lightningbridge.corpus.Insight;
import dev.lightningbridge.corpus.Lineage;
import dev.lightningbridge.corpus.Preference;
import dev.lightningbridge.corpus.Score;
import dev.lightningbridge.dataset.InputKey;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.dataset.split.Split;
import dev.lightningbridge.optimize.HumanNote;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What people said about a lineage's outputs and may be shown to critics: the newest comments,
 * one-shot directives and choices between outputs, a few, cut to a length. Choices without a reason
 * and what the app learned of scores come after all that has a person's words. Whatever is about a
 * task of the validation or the sealed test is left out, for the critics would learn those tasks
 * from it: a comment on an output or a choice between two for its input, and words that quote its
 * input. So is a comment whose output the database no longer tells.
 */
public final class HumanNotes {
  /** Each stands in every critique's request. */
  public static final int MOST = 6;

  /** So many of them are no person's words; the answers that they show make them long. */
  private static final int MOST_WITHOUT_WORDS = 2;

  private static final String WITHOUT_REASON =
      "The person preferred this answer to another one, and gave no reason.";

  /** So many are kept with a run, to choose from when its tasks are known. */
  private static final int MOST_KEPT = 200;

  private static final int LONGEST_TEXT = 2_000;
  private static final int LONGEST_PART = 900;
  private static final int LONGEST_INPUT = 3_000;
  private static final int LONGEST_OUTPUT = 3_000;

  private final PriorityQueue<Dated> newest =
      new PriorityQueue<>(Comparator.comparingLong(Dated::at));
  private final Set<HumanNote> seen = new HashSet<>();

  private HumanNotes() {}

  private record Dated(long at, HumanNote note) {}

  /** All that people said of the lineage, newest first. */
  static List<HumanNote> of(Corpus corpus, Lineage lineage) {
    HumanNotes notes = new HumanNotes();
    corpus.directives().stream()
        .filter(d -> d.lineageId().equals(lineage.id()))
        .filter(d -> d.kind() == Directive.Kind.ONE_SHOT)
        .forEach(notes::addDirective);
    corpus.insights().stream()
        .filter(insight -> insight.sessionId().equals(lineage.sessionId()))
        .forEach(notes::addInsight);
    List<Preference> choices =
        corpus.preferences().stream()
            .filter(choice -> choice.sessionId().equals(lineage.sessionId()))
            .toList();
    Set<String> artifacts = Preference.artifactIds(choices);
    Map<String, Attempt> compared = new HashMap<>();
    try (Stream<Attempt> attempts = corpus.attempts(lineage.sessionId())) {
      attempts.forEach(
          attempt -> {
            if (attempt.lineageId().equals(lineage.id())) {
              notes.addComment(attempt);
            }
            if (attempt.artifactId() != null && artifacts.contains(attempt.artifactId())) {
              compared.put(attempt.artifactId(), attempt);
            }
          });
    }
    choices.forEach(choice -> notes.addChoice(choice, compared, lineage.id()));
    return notes.newest.stream()
        .sorted(Comparator.comparingLong(Dated::at).reversed())
        .map(Dated::note)
        .toList();
  }

  /** Of these, newest first, what critics may be shown where the tasks are split so. */
  public static List<HumanNote> shown(List<HumanNote> all, Split split) {
    Set<String> sealed = split.hidden().map(Task::input).map(InputKey::normalised).collect(toSet());
    List<HumanNote> shown = all.stream().filter(note -> !isAbout(note, sealed)).toList();
    return Stream.concat(
            shown.stream().filter(HumanNotes::isInWords),
            shown.stream().filter(note -> !isInWords(note)).limit(MOST_WITHOUT_WORDS))
        .limit(MOST)
        .map(HumanNotes::shortened)
        .toList();
  }

  private void addDirective(Directive directive) {
    add(
        directive.at(),
        new HumanNote(HumanNote.Kind.DIRECTIVE, directive.text().strip(), null, null, null));
  }

  private void addInsight(Insight insight) {
    int tried = insight.successes() + insight.failures();
    if (tried > 0) {
      String change =
          insight.scoreChange() == null
              ? ""
              : "; people's score changed by %s points on average"
                  .formatted(Figures.points(insight.scoreChange()));
      add(
          insight.at(),
          new HumanNote(
              HumanNote.Kind.INSIGHT,
              "%s (tried %s, better %s%s)"
                  .formatted(
                      cut(insight.pattern(), LONGEST_PART),
                      Figures.counted(tried, "time"),
                      Figures.counted(insight.successes(), "time"),
                      change),
              null,
              null,
              null));
    }
  }

  /** Where both outputs are of one input, and one of them is the lineage's. */
  private void addChoice(Preference choice, Map<String, Attempt> outputs, String lineageId) {
    Attempt winner = outputs.get(choice.winnerArtifactId());
    if (winner == null || winner.input().isBlank() || winner.output() == null) {
      return;
    }
    InputKey input = InputKey.of(winner.input());
    choice.loserArtifactIds().stream()
        .map(outputs::get)
        .filter(Objects::nonNull)
        .filter(loser -> loser.output() != null && InputKey.of(loser.input()).equals(input))
        .filter(
            loser -> winner.lineageId().equals(lineageId) || loser.lineageId().equals(lineageId))
        .limit(1)
        .forEach(
            loser ->
                add(
                    choice.at(),
                    new HumanNote(
                        HumanNote.Kind.CHOICE,
                        words(choice.reason(), String.valueOf(loser.output())),
                        winner.input(),
                        winner.output(),
                        null)));
  }

  private static String words(@Nullable String reason, String rejected) {
    return (reason == null ? WITHOUT_REASON : cut(reason.strip(), LONGEST_PART))
        + "\nThe answer to the same input that was not preferred: "
        + cut(rejected, LONGEST_PART);
  }

  private static boolean isInWords(HumanNote note) {
    return note.kind() != HumanNote.Kind.INSIGHT && !note.text().startsWith(WITHOUT_REASON);
  }

  private void addComment(Attempt attempt) {
    Score score = attempt.score();
    if (score == null || score.comment() == null) {
      return;
    }
    add(
        score.at(),
        new HumanNote(
            HumanNote.Kind.COMMENT,
            score.comment().strip(),
            attempt.input().isBlank() ? null : attempt.input(),
            attempt.output(),
            attempt.kind() == AttemptKind.SCORED ? score.reward() : null));
  }

  private void add(long at, HumanNote note) {
    if (note.text().isEmpty() || !seen.add(note)) {
      return;
    }
    newest.add(new Dated(at, note));
    if (newest.size() > MOST_KEPT) {
      seen.remove(newest.remove().note());
    }
  }

  private static boolean isAbout(HumanNote note, Set<String> inputs) {
    String text = InputKey.normalised(note.text());
    return (note.input() != null && inputs.contains(InputKey.normalised(note.input())))
        || inputs.stream().anyMatch(text::contains);
  }

  private static HumanNote shortened(HumanNote note) {
    return new HumanNote(
        note.kind(),
        String.valueOf(cut(note.text(), LONGEST_TEXT)),
        cut(note.input(), LONGEST_INPUT),
        cut(note.output(), LONGEST_OUTPUT),
        note.reward());
  }

  private static @Nullable String cut(@Nullable String text, int longest) {
    if (text == null || text.length() <= longest) {
      return text;
    }
    boolean splitsPair = Character.isHighSurrogate(text.charAt(longest - 1));
    return text.substring(0, splitsPair ? longest - 1 : longest) + " …";
  }
}
