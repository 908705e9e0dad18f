package dev.lightningbridge.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lightningbridge.corpus.Directive;
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

  @Test
  void long_words_are_cut_and_never_inside_a_character() {
    corpus.commented(
        "a", "x" + "\uD83D\uDE00".repeat(5_000), 5, "y" + "\uD83D\uDE00".repeat(9_000));

    HumanNote note = notes().getFirst();
    assertThat(note.text()).hasSizeLessThan(2_010).endsWith("\uD83D\uDE00 …");
    assertThat(note.input()).hasSizeLessThan(3_010).endsWith("\uD83D\uDE00 …");
  }
}
