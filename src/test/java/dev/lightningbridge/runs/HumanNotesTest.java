package dev.lightningbridge.runs;

import static dev.lightningbridge.dataset.InMemoryCorpus.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.lightningbridge.corpus.Directive;
import dev.lightningbridge.corpus.Insight;
import dev.lightningbridge.corpus.Lock;
import dev.lightningbridge.corpus.Preference;
import dev.lightningbridge.dataset.InMemoryCorpus;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.dataset.TaskSource;
import dev.lightningbridge.dataset.split.Split;
import dev.lightningbridge.optimize.HumanNote;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HumanNotesTest {
  private final InMemoryCorpus corpus = InMemoryCorpus.withAgent("prompt");
  private final Split split =
      new Split(tasks("Train me"), tasks("Validate me"), tasks("Test me", "Seal me"));

  private static List<Task> tasks(String... inputs) {
    return Stream.of(inputs)
        .map(input -> new Task(input, input, null, List.of(), null, TaskSource.CAPTURED))
        .toList();
  }

  private List<HumanNote> notes() {
    return HumanNotes.shown(HumanNotes.of(corpus, corpus.lineages().getFirst()), split);
  }

  private void directive(String lineageId, Directive.Kind kind, String text, long at) {
    corpus.addDirective(new Directive(lineageId, kind, text, at, "D" + at));
  }

  @Test
  void a_comment_comes_with_the_input_output_and_reward_it_is_about() {
    corpus.commented("a", "Train me", 4, "Say why");

    assertThat(notes())
        .containsExactly(
            new HumanNote(
                HumanNote.Kind.COMMENT, "Say why", "Train me", "output of a", (4 - 1) / 9.0));
  }

  @Test
  void one_shot_directives_are_notes_and_sticky_ones_and_other_lineages_are_not() {
    corpus.addLineage("L2", "S1", "B", false);
    directive("L1", Directive.Kind.ONE_SHOT, "Be short", 1);
    directive("L1", Directive.Kind.STICKY, "Be kind", 2);
    directive("L2", Directive.Kind.ONE_SHOT, "Be long", 3);

    assertThat(notes())
        .containsExactly(new HumanNote(HumanNote.Kind.DIRECTIVE, "Be short", null, null, null));
  }

  @Test
  void comments_on_inputs_of_validation_and_sealed_test_are_left_out_however_they_are_written() {
    corpus
        .commented("a", "Validate me", 1, "No")
        .commented("b", "  TEST\n me", 1, "Not so")
        .commented("c", "Seal me", 1, "Never")
        .commented("d", "An input of no task", 1, "Say when");

    assertThat(notes()).extracting(HumanNote::text).containsExactly("Say when");
  }

  @Test
  void words_that_quote_a_sealed_input_are_left_out() {
    directive("L1", Directive.Kind.ONE_SHOT, "For \"seal  ME\" answer billing", 1);
    corpus.commented("a", "Train me", 1, "Unlike with 'Validate me'");

    assertThat(notes()).isEmpty();
  }

  @Test
  void a_comment_whose_output_is_not_told_is_left_out_for_it_may_be_about_a_sealed_task() {
    directive("L1", Directive.Kind.COMMENT, "From a score that was overwritten", 1);

    assertThat(notes()).isEmpty();
  }

  @Test
  void the_newest_few_are_kept_newest_first_and_the_same_words_on_the_same_once() {
    for (int i = 0; i < 20; i++) {
      corpus.commented("a" + i, "Input " + i, 5, "Comment " + i);
    }
    directive("L1", Directive.Kind.ONE_SHOT, "Old", 1);
    directive("L1", Directive.Kind.ONE_SHOT, "New", Long.MAX_VALUE);
    directive("L1", Directive.Kind.ONE_SHOT, "New", Long.MAX_VALUE);

    assertThat(notes())
        .extracting(HumanNote::text)
        .hasSize(HumanNotes.MOST)
        .startsWith("New", "Comment 19", "Comment 18");
  }

  private void compared(String input, String id, String reason) {
    corpus.attempt("good" + id, input, "good answer " + id, null);
    corpus.attempt("bad" + id, input, "bad answer " + id, null);
    corpus.addComparison(
        new Preference(
            Preference.Source.COMPARISON,
            "event" + id,
            "S1",
            "L1",
            "artifact-good" + id,
            List.of("artifact-bad" + id),
            reason,
            NOON + Integer.parseInt(id)));
  }

  @Test
  void the_reason_of_a_comparison_comes_with_both_answers() {
    compared("Train me", "1", " It says when ");

    assertThat(notes())
        .containsExactly(
            new HumanNote(
                HumanNote.Kind.CHOICE,
                "It says when\nThe answer to the same input that was not preferred: bad answer 1",
                "Train me",
                "good answer 1",
                null));
  }

  @Test
  void choices_on_inputs_of_validation_and_sealed_test_are_left_out_and_reasons_that_quote_them() {
    compared("validate ME", "1", "No");
    compared("Test me", "2", "Not so");
    compared("Seal me", "3", null);
    compared("Train me", "4", "Better than on 'Seal me'");

    assertThat(notes()).isEmpty();
  }

  @Test
  void choices_without_a_reason_are_few_and_come_after_words_however_new_they_are() {
    corpus.commented("a", "Train me", 4, "Say why");
    for (int i = 1; i <= 5; i++) {
      compared("Input " + i, String.valueOf(i + 1_000_000), null);
    }
    corpus.addLock(
        new Lock(
            "lock",
            "S1",
            "L1",
            List.of("L2"),
            "artifact-good1000001",
            List.of("artifact-bad1000002"),
            Long.MAX_VALUE));

    assertThat(notes())
        .extracting(HumanNote::kind, HumanNote::output)
        .containsExactly(
            tuple(HumanNote.Kind.COMMENT, "output of a"),
            tuple(HumanNote.Kind.CHOICE, "good answer 1000005"),
            tuple(HumanNote.Kind.CHOICE, "good answer 1000004"));
    assertThat(notes().getLast().text()).startsWith("The person preferred this answer to another");
  }

  @Test
  void choices_between_outputs_of_other_lineages_are_not_about_this_one() {
    compared("Train me", "1", "Why not");
    corpus.addLineage("L2", "S1", "B", false);

    assertThat(HumanNotes.shown(HumanNotes.of(corpus, corpus.lineages().getLast()), split))
        .isEmpty();
  }

  @Test
  void what_the_app_learned_of_scores_is_a_note_behind_peoples_words() {
    corpus.addInsight(new Insight("I1", "S1", "Name the deadline", 3, 1, 1.5, Long.MAX_VALUE));
    corpus.addInsight(new Insight("I2", "S1", "Never tried", 0, 0, null, Long.MAX_VALUE));
    corpus.addInsight(new Insight("I3", "S2", "Of another session", 3, 1, 1.5, Long.MAX_VALUE));
    directive("L1", Directive.Kind.ONE_SHOT, "Be short", 1);

    assertThat(notes())
        .extracting(HumanNote::text)
        .containsExactly(
            "Be short",
            "Name the deadline (tried 4 times, better 3 times; people's score changed by +1.5"
                + " points on average)");
  }

  @Test
  void long_words_are_cut_and_never_inside_a_character() {
    corpus.commented(
        "a", "x" + "\uD83D\uDE00".repeat(5_000), 5, "y" + "\uD83D\uDE00".repeat(9_000));

    HumanNote note = notes().getFirst();
    assertThat(note.text()).hasSizeLessThan(2_010).endsWith("\uD83D\uDE00 …");
    assertThat(note.input()).hasSizeLessThan(3_010).endsWith("\uD83D\uDE00 …");
  }
}
