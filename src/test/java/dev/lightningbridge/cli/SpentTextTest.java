package dev.lightningbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lightningbridge.cli.text.ResultText;
import dev.lightningbridge.runs.CallsSpent;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SpentTextTest {
  private static String spent(double usd, @Nullable Boolean priceKnown) {
    return ResultText.spent(new CallsSpent(1, 1500, usd, 0, priceKnown));
  }

  @Test
  void a_price_that_is_not_known_is_not_told_as_zero() {
    assertThat(spent(0, false)).isEqualTo("1 call, 1,500 tokens, no price known");
  }

  @Test
  void what_costs_nothing_by_a_known_price_is_told_as_zero() {
    assertThat(spent(0, true)).isEqualTo("1 call, 1,500 tokens, 0.00 USD");
  }

  @Test
  void what_the_endpoint_stated_of_some_calls_is_not_told_as_the_whole() {
    assertThat(spent(0.5, false))
        .isEqualTo("1 call, 1,500 tokens, 0.5000 USD as far as it was stated");
  }

  @Test
  void results_of_before_it_was_noted_are_told_as_they_were() {
    assertThat(spent(1.25, null)).isEqualTo("1 call, 1,500 tokens, 1.25 USD");
  }
}
