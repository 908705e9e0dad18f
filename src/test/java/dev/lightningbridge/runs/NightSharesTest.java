package dev.lightningbridge.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lightningbridge.model.Limits;
import java.util.List;
import org.junit.jupiter.api.Test;

class NightSharesTest {
  private static final Limits NONE = Limits.NONE;

  @Test
  void without_limits_every_run_is_without_limits() {
    assertThat(shares(NONE, NONE, 50L, 60L)).containsExactly(NONE, NONE);
  }

  @Test
  void the_night_is_shared_out_evenly() {
    assertThat(shares(new Limits(900L, 9000L, 1.5), NONE, 50L, 50L, 50L))
        .containsOnly(new Limits(300L, 3000L, 0.5))
        .hasSize(3);
  }

  @Test
  void a_run_gets_its_own_limit_where_the_night_has_more() {
    assertThat(shares(new Limits(900L, null, null), new Limits(200L, 1000L, null), 50L, 50L))
        .containsOnly(new Limits(200L, 1000L, null));
  }

  @Test
  void as_many_as_get_their_limit_come_first() {
    assertThat(shares(new Limits(900L, null, null), new Limits(400L, null, null), 1L, 1L, 1L))
        .hasSize(2)
        .containsOnly(new Limits(400L, null, null));
    assertThat(shares(new Limits(null, null, 1.0), new Limits(null, null, 0.5), 1L, 1L, 1L))
        .hasSize(2);
  }

  @Test
  void a_share_that_does_not_pay_a_verdict_is_no_share() {
    assertThat(shares(new Limits(100L, null, null), NONE, 40L, 40L, 40L))
        .hasSize(2)
        .containsOnly(new Limits(50L, null, null));
    assertThat(shares(new Limits(30L, null, null), NONE, 40L)).isEmpty();
  }

  @Test
  void a_run_alone_may_have_all_of_a_night_that_is_smaller_than_its_limit() {
    assertThat(shares(new Limits(300L, null, null), new Limits(400L, null, null), 40L, 40L))
        .containsExactly(new Limits(300L, null, null));
  }

  private static List<Limits> shares(Limits night, Limits run, Long... least) {
    return new NightShares(night, run).of(List.of(least));
  }
}
