package dev.lightningbridge.optimize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lightningbridge.optimize.NightsBench.Levels;
import dev.lightningbridge.optimize.NightsBench.Sealed;
import dev.lightningbridge.optimize.verdict.LevelSpending;
import dev.lightningbridge.optimize.verdict.VerdictBench.Rewards;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NightsBenchTest {
  private static final int LINEAGES = 300;
  private static final double CHANCE = 3 * Math.sqrt(0.05 * 0.95 / LINEAGES);

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "FRESH")
  void ninety_nights_of_equal_prompts_promote_in_one_lineage_of_twenty_at_most(Sealed sealed) {
    double[] spent =
        new NightsBench(LINEAGES, 3).promotedBy(Rewards.SCORES, sealed, 0, Levels.SPENT);

    assertThat(spent[89]).isLessThan(0.05 + CHANCE);
  }

  @Test
  void at_five_percent_each_night_most_lineages_would_promote_one() {
    double[] each =
        new NightsBench(LINEAGES, 3).promotedBy(Rewards.SCORES, Sealed.SAME, 0, Levels.EACH_NIGHT);

    assertThat(each[29]).isGreaterThan(0.6);
  }

  @Test
  void a_much_better_prompt_is_still_promoted_at_the_third_test() {
    assertThat(new NightsBench(LINEAGES, 3).power(Rewards.SCORES, 0.3, LevelSpending.level(2)))
        .isGreaterThan(0.8);
  }
}
