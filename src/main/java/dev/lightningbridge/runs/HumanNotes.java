package dev.lightningbridge.runs;

import static java.util.stream.Collectors.toSet;

import dev.lightningbridge.corpus.Attempt;
import dev.lightningbridge.corpus.AttemptKind;
import dev.lightningbridge.corpus.Corpus;
import dev.lightningbridge.corpus.Directive;
import dev.lightningbridge.corpus.Lineage;
import dev.lightningbridge.corpus.Score;
import dev.lightningbridge.dataset.InputKey;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.dataset.split.Split;
import dev.lightningbridge.optimize.HumanNote;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What people said about a lineage's outputs and may be shown to critics: the newest comments and
 * one-shot directives, a few, cut to a length. Whatever is about a task of the validation or the
 * sealed test is left out, for the critics would learn those tasks from it: a comment on an output
 * for its input, and words that quote its input. So is a comment whose output the database no
 * longer tells.
 */
public final class HumanNotes {
  /** Each stands in every critique's request. */
  public static final int MOST = 6;

  /** So many are kept with a run, to choose from when its tasks are known. */
  private static final int MOST_KEPT = 200;

  private static final int LONGEST_TEXT = 2_000;
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
    try (Stream<Attempt> attempts = corpus.attempts(lineage.sessionId())) {
      attempts.filter(a -> a.lineageId().equals(lineage.id())).forEach(notes::addComment);
    }
    return notes.newest.stream()
        .sorted(Comparator.comparingLong(Dated::at).reversed())
        .map(Dated::note)
        .toList();
  }

  /** Of these, newest first, what critics may be shown where the tasks are split so. */
  public static List<HumanNote> shown(List<HumanNote> all, Split split) {
    Set<String> sealed = split.hidden().map(Task::input).map(InputKey::normalised).collect(toSet());
    return all.stream()
        .filter(note -> !isAbout(note, sealed))
        .limit(MOST)
        .map(HumanNotes::shortened)
        .toList();
  }

  private void addDirective(Directive directive) {
    add(
        directive.at(),
        new HumanNote(HumanNote.Kind.DIRECTIVE, directive.text().strip(), null, null, null));
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
