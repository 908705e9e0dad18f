package dev.lightningbridge.runs.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;

class PromptDiffTest {
  @Example
  void a_reworded_line_shows_only_the_words_that_changed() {
    PromptDiff diff = PromptDiff.of("Read the ticket and answer.", "Read the ticket then answer.");

    PromptDiff.Row row = diff.rows().get(0);
    assertThat(changed(row.old())).containsExactly("and");
    assertThat(changed(row.now())).containsExactly("then");
    assertThat(diff.added()).isEqualTo(1);
    assertThat(diff.removed()).isEqualTo(1);
  }

  @Example
  void a_line_with_nothing_in_common_is_taken_away_and_another_added() {
    PromptDiff diff = PromptDiff.of("Be polite.", "Return one JSON object");

    assertThat(changed(diff.rows().get(0).old())).containsExactly("Be polite.");
    assertThat(changed(diff.rows().get(0).now())).containsExactly("Return one JSON object");
  }

  @Example
  void equal_lines_far_from_a_change_are_folded() {
    String lines = "a\nb\nc\nd\ne\nf\ng\nh\n";
    PromptDiff diff = PromptDiff.of(lines, lines + "new");

    assertThat(diff.rows().get(0).folded()).isEqualTo(5);
    assertThat(diff.rows()).hasSize(5);
    assertThat(diff.same()).isFalse();
    assertThat(PromptDiff.of(lines, lines).same()).isTrue();
  }

  @Property
  void both_prompts_can_be_read_off_the_sides(
      @ForAll @StringLength(max = 30) @CharRange(from = 'a', to = 'c') String words,
      @ForAll @StringLength(max = 30) @CharRange(from = 'a', to = 'c') String others) {
    String old = words.replace('c', '\n').replace("b", " b");
    String now = others.replace('c', '\n').replace("b", " b");
    PromptDiff diff = PromptDiff.of(old, now);

    if (diff.rows().stream().allMatch(row -> row.folded() == 0)) {
      assertThat(read(diff, PromptDiff.Row::old)).isEqualTo(old.lines().toList());
      assertThat(read(diff, PromptDiff.Row::now)).isEqualTo(now.lines().toList());
    }
  }

  private static List<String> read(
      PromptDiff diff, Function<PromptDiff.Row, PromptDiff.Side> which) {
    return diff.rows().stream()
        .map(which)
        .filter(Objects::nonNull)
        .map(
            side ->
                side.pieces().stream().map(PromptDiff.Piece::text).collect(Collectors.joining()))
        .toList();
  }

  private static List<String> changed(PromptDiff.Side side) {
    return side.pieces().stream()
        .filter(PromptDiff.Piece::changed)
        .map(PromptDiff.Piece::text)
        .toList();
  }
}
