package dev.lightningbridge.grading.calibration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lightningbridge.grading.Rubric;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class RubricExamplesTest {
  private static ScoredOutput output(int id, String text, int score, String comment) {
    return new ScoredOutput("a" + id, "A", "in", text, score, comment);
  }

  private static List<ScoredOutput> outputs(List<Integer> scores, int distinctTexts) {
    List<ScoredOutput> outputs = new ArrayList<>();
    for (int i = 0; i < scores.size(); i++) {
      outputs.add(output(i, "text " + i % distinctTexts, scores.get(i), null));
    }
    return outputs;
  }

  @Property
  void no_output_is_both_shown_and_tested_not_even_as_a_copy(
      @ForAll @Size(max = 60) List<@IntRange(min = 1, max = 10) Integer> scores,
      @ForAll @IntRange(min = 1, max = 60) int distinctTexts,
      @ForAll long seed) {
    RubricExamples examples = RubricExamples.choose(outputs(scores, distinctTexts), seed);

    assertThat(examples.heldOut())
        .noneMatch(held -> examples.shown().stream().anyMatch(held::sameTextsAs));
    assertThat(examples.shown()).hasSizeLessThanOrEqualTo(6).doesNotHaveDuplicates();
  }

  @Example
  void examples_spread_over_the_scale_and_comments_are_preferred() {
    List<ScoredOutput> outputs = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      int score = 1 + i % 10;
      outputs.add(output(i, "text " + i, score, i < 10 ? "because " + score : null));
    }

    List<ScoredOutput> shown = RubricExamples.choose(outputs, 3).shown();

    assertThat(shown).hasSize(6).allMatch(o -> o.comment() != null);
    assertThat(shown.get(5).score() - shown.get(0).score()).isGreaterThanOrEqualTo(8);
    assertThat(shown).extracting(ScoredOutput::score).doesNotHaveDuplicates();
  }

  @Example
  void few_outputs_are_kept_for_the_test() {
    RubricExamples examples = RubricExamples.choose(outputs(List.of(1, 2, 3, 4, 5), 5), 1);

    assertThat(examples.shown()).hasSize(1);
    assertThat(examples.heldOut()).hasSize(4);
    assertThat(RubricExamples.choose(List.of(), 1).heldOut()).isEmpty();
  }

  @Example
  void the_rubric_shows_them_with_score_and_comment() {
    RubricExamples examples = new RubricExamples(List.of(output(1, "text", 9, "good")), List.of());

    assertThat(examples.in(new Rubric("need", null, List.of(), List.of())).examples())
        .containsExactly(new Rubric.Example("in", "text", 9, "good"));
  }
}
