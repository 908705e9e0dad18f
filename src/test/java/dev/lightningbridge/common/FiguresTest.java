package dev.lightningbridge.common;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {
  @Test
  void a_difference_that_is_not_0_never_looks_as_if_it_were() {
    assertThat(Figures.signed(0)).isEqualTo("±0.00");
    assertThat(Figures.signed(0.3)).isEqualTo("+0.30");
    assertThat(Figures.signed(-0.126)).isEqualTo("−0.13");
    assertThat(Figures.signed(0.0041)).isEqualTo("+0.004");
    assertThat(Figures.signed(-0.00012)).isEqualTo("−0.0001");
  }

  @Test
  void a_p_value_is_as_exact_as_its_level() {
    assertThat(Figures.p(0.0156, 0.025)).isEqualTo("= 0.016");
    assertThat(Figures.p(0.0004, 0.025)).isEqualTo("< 0.001");
    assertThat(Figures.p(0.00041, 0.0002)).isEqualTo("= 0.00041");
    assertThat(Figures.p(1e-9, 0.0002)).isEqualTo("< 0.000001");
    assertThat(Figures.p(0.0064, 0.00625)).isEqualTo("= 0.0064");
    assertThat(Figures.p(0.025001, 0.025)).isEqualTo("= 0.0251");
    assertThat(Figures.p(0.026, 0.025)).isEqualTo("= 0.026");
  }

  @Test
  void levels_and_their_confidence() {
    assertThat(Figures.level(0.025)).isEqualTo("0.025");
    assertThat(Figures.level(0.05 / 18)).isEqualTo("0.00277");
    assertThat(Figures.percent(1 - 2 * 0.025)).isEqualTo("95");
    assertThat(Figures.percent(1 - 2 * 0.00625)).isEqualTo("98.75");
    assertThat(Figures.percent(0.9)).isEqualTo("90");
    assertThat(Figures.percent(0.9922134)).isEqualTo("99.22");
    assertThat(Figures.percent(1 - 2 * 3.1e-6)).isEqualTo("99.9994");
    assertThat(Figures.about(1)).isEqualTo("1");
    assertThat(Figures.about(1.5333)).isEqualTo("1.5");
  }

  @Test
  void money_is_told_to_the_cent_and_less_than_a_dollar_to_a_hundredth_of_one() {
    assertThat(Figures.usd(0)).isEqualTo("0.00");
    assertThat(Figures.usd(0.0123)).isEqualTo("0.0123");
    assertThat(Figures.usd(1.2)).isEqualTo("1.20");
    assertThat(Figures.usd(1234.5)).isEqualTo("1,234.50");
    assertThat(Figures.usd(0.00002)).isEqualTo("< 0.0001");
  }

  @Test
  void one_of_a_thing_is_told_without_an_s_and_dollars_only_where_some_are_known() {
    assertThat(Figures.counted(1, "call")).isEqualTo("1 call");
    assertThat(Figures.counted(0, "call")).isEqualTo("0 calls");
    assertThat(Figures.spent(1, 1, 0)).isEqualTo("1 call, 1 token");
    assertThat(Figures.spent(1200, 45_000, 0.5))
        .isEqualTo("1,200 calls, 45,000 tokens, 0.5000 USD");
  }

  @Test
  void counts_shares_and_decimals_are_told_as_in_english() {
    assertThat(Figures.count(1_234_567)).isEqualTo("1,234,567");
    assertThat(Figures.share(0.666)).isEqualTo("67 %");
    assertThat(Figures.decimal(-0.127)).isEqualTo("−0.13");
    assertThat(Figures.decimal(-0.001)).isEqualTo("0.00");
    assertThat(Figures.points(-0.14)).isEqualTo("−0.1");
    assertThat(Figures.p(0.0156)).isEqualTo("= 0.016");
    assertThat(Figures.p(0.00001)).isEqualTo("< 0.001");
  }

  @ParameterizedTest
  @CsvSource({"0, 0 s", "59, 59 s", "61, 1 min 1 s", "3600, 1 h 0 min", "90061, 25 h 1 min"})
  void a_time_is_told_by_its_two_largest_parts(long seconds, String words) {
    Instant from = Instant.EPOCH;
    assertThat(Figures.took(from, from.plusSeconds(seconds))).isEqualTo(words);
  }
}
