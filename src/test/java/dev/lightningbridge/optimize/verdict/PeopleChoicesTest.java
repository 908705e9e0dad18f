package dev.lightningbridge.optimize.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lightningbridge.optimize.verdict.Verdict.Decision;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PeopleChoicesTest {
  private static final double LEVEL = 0.025;

  @Test
  void the_p_value_is_that_of_a_fair_coin() {
    assertThat(PeopleChoices.of(5, 0, 3, LEVEL).p()).isCloseTo(1 / 32.0, within(1e-12));
    assertThat(PeopleChoices.of(9, 1, 0, LEVEL).p()).isCloseTo(11 / 1024.0, within(1e-12));
    assertThat(PeopleChoices.of(0, 0, 7, LEVEL).p()).isEqualTo(1);
  }

  @Test
  void ties_decide_nothing() {
    assertThat(PeopleChoices.of(8, 1, 30, LEVEL).p())
        .isEqualTo(PeopleChoices.of(8, 1, 0, LEVEL).p());
  }

  @Property(tries = 200)
  void the_interval_is_above_a_half_if_and_only_if_the_test_is_passed(
      @ForAll @IntRange(max = 40) int better, @ForAll @IntRange(max = 40) int worse) {
    PeopleChoices choices = PeopleChoices.of(better, worse, 0, LEVEL);
    assertThat(choices.share().low() > 0.5).isEqualTo(choices.passed());
  }

  @Test
  void what_is_needed_of_so_many_pairs_passes_and_one_less_does_not() {
    for (int pairs = 6; pairs <= 60; pairs++) {
      int needed = PeopleChoices.needed(pairs, LEVEL);
      assertThat(PeopleChoices.of(needed, pairs - needed, 0, LEVEL).passed()).isTrue();
      assertThat(PeopleChoices.of(needed - 1, pairs - needed + 1, 0, LEVEL).passed()).isFalse();
    }
    assertThat(PeopleChoices.needed(5, LEVEL)).isEqualTo(6);
  }

  @Test
  void the_power_grows_with_pairs_and_is_at_most_the_level_between_equal_prompts() {
    assertThat(PeopleChoices.power(24, 0.8, LEVEL)).isBetween(0.80, 0.95);
    assertThat(PeopleChoices.power(40, 0.8, LEVEL))
        .isGreaterThan(PeopleChoices.power(24, 0.8, LEVEL));
    assertThat(PeopleChoices.power(24, 0.5, LEVEL)).isLessThanOrEqualTo(LEVEL);
    assertThat(PeopleChoices.power(5, 0.99, LEVEL)).isZero();
  }

  @Test
  void the_words_before_a_test_say_what_it_needs_and_when_it_is_in_vain() {
    assertThat(PeopleWords.beforehand(24, LEVEL))
        .startsWith("24 pairs: the new prompt's output must be chosen in 18 of them")
        .contains("four times in five", "%");
    assertThat(PeopleWords.beforehand(4, LEVEL)).contains("nothing can be shown", "6");
  }

  @Test
  void a_verdict_says_how_people_chose() {
    Verdict better = PeopleWords.verdict(PeopleChoices.of(17, 3, 4, LEVEL), 2, null, null);
    assertThat(better.decision()).isEqualTo(Decision.PROMOTE);
    assertThat(better.sentence())
        .startsWith("People prefer the new prompt: its output was chosen in 17 pairs")
        .contains("the current one's in 3, neither in 4", "exact sign test");
    assertThat(better.remarks()).anyMatch(r -> r.contains("the same output"));
    Verdict open = PeopleWords.verdict(PeopleChoices.of(12, 8, 0, LEVEL), 0, null, null);
    assertThat(open.decision()).isEqualTo(Decision.HOLD);
    assertThat(open.sentence()).startsWith("There is no proof that people prefer");
  }
}
