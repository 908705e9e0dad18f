package dev.lightningbridge.optimize;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

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
    assertThat(Figures.count(1)).isEqualTo("1");
    assertThat(Figures.count(1.5333)).isEqualTo("1.5");
  }
}
