package dev.lightningbridge.runs;

import static java.util.stream.Collectors.toSet;

import dev.lightningbridge.camp.Attempt;
import dev.lightningbridge.camp.AttemptKind;
import dev.lightningbridge.camp.Corpus;
import dev.lightningbridge.camp.Directive;
import dev.lightningbridge.camp.Lineage;
import dev.lightningbridge.camp.Score;
import dev.lightningbridge.dataset.InputKey;
import dev.lightningbridge.dataset.Split;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.optimize.HumanNote;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What people said about a lineage's outputs and may be shown to critics: the newest comments and
 * one-shot directives, a few, cut to a length. Whatever is about a task of the validation or the
 * sealed test is left out, for the critics would learn those tasks from it: a comment on an output
 * for its input, and words that quote its input. So is a comment whose output the database no
 * longer tells.
 */
final class HumanNotes {
  /** Each stands in every critique's request. */
  static final int MOST = 6;

  private static final int LONGEST_TEXT = 2_000;
  private static final int LONGEST_INPUT = 3_000;
  private static final int LONGEST_OUTPUT = 3_000;

  private final Set<String> sealed;
  private final PriorityQueue<Dated> newest =
      new PriorityQueue<>(Comparator.comparingLong(Dated::at));
  private final Set<HumanNote> seen = new HashSet<>();

  private HumanNotes(Split split) {
    sealed =
        Stream.concat(split.validation().stream(), split.test().stream())
            .map(Task::input)
            .map(InputKey::normalised)
            .collect(toSet());
  }

  private record Dated(long at, HumanNote note) {}

  /** Newest first. */
  static List<HumanNote> of(Corpus corpus, Lineage lineage, Split split) {
    HumanNotes notes = new HumanNotes(split);
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

  private void addDirective(Directive directive) {
    String text = cut(directive.text().strip(), LONGEST_TEXT);
    add(directive.at(), new HumanNote(HumanNote.Kind.DIRECTIVE, text, null, null, null));
  }

  private void addComment(Attempt attempt) {
    Score score = attempt.score();
    if (score == null
        || score.comment() == null
        || sealed.contains(InputKey.normalised(attempt.input()))) {
      return;
    }
    add(
        score.at(),
        new HumanNote(
            HumanNote.Kind.COMMENT,
            cut(score.comment().strip(), LONGEST_TEXT),
            attempt.input().isBlank() ? null : cut(attempt.input(), LONGEST_INPUT),
            attempt.output() == null ? null : cut(attempt.output(), LONGEST_OUTPUT),
            attempt.kind() == AttemptKind.SCORED ? score.reward() : null));
  }

  private void add(long at, HumanNote note) {
    if (note.text().isEmpty() || quotesSealedInput(note.text()) || !seen.add(note)) {
      return;
    }
    newest.add(new Dated(at, note));
    if (newest.size() > MOST) {
      seen.remove(newest.remove().note());
    }
  }

  private boolean quotesSealedInput(String text) {
    String normalised = InputKey.normalised(text);
    return sealed.stream().anyMatch(normalised::contains);
  }

  private static String cut(String text, int longest) {
    if (text.length() <= longest) {
      return text;
    }
    boolean splitsPair = Character.isHighSurrogate(text.charAt(longest - 1));
    return text.substring(0, splitsPair ? longest - 1 : longest) + " …";
  }
}
