package dev.lightningbridge.runs.nights;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lightningbridge.model.Limits;
import java.util.List;
import java.util.stream.Stream;
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

  @Test
  void few_runs_are_served_well_rather_than_many_badly() {
    NightShares shares = new NightShares(new Limits(900L, null, null), NONE);
    NightShares.Need need = NightShares.Need.of(40, 400);
    assertThat(shares.of(List.of(need, need, need)))
        .containsExactly(new Limits(450L, null, null), new Limits(450L, null, null));
    NightShares small = new NightShares(new Limits(300L, null, null), NONE);
    assertThat(small.of(List.of(need, need))).containsExactly(new Limits(300L, null, null));
  }

  @Test
  void a_limit_that_the_schedule_sets_for_each_run_counts_as_enough() {
    NightShares shares =
        new NightShares(new Limits(300L, null, null), new Limits(100L, null, null));
    NightShares.Need need = NightShares.Need.of(40, 400);
    assertThat(shares.of(List.of(need, need, need))).hasSize(3);
  }

  @Test
  void what_is_left_over_is_given_to_one_more_where_that_serves_it_well() {
    NightShares shares = new NightShares(new Limits(900L, 9000L, 3.0), NONE);
    assertThat(shares.rest(new Night.Spent(400, 1000, 0.5), 400))
        .isEqualTo(new Limits(500L, 8000L, 2.5));
    assertThat(shares.rest(new Night.Spent(600, 1000, 0.5), 400)).isNull();
    // 400 of 900 calls are 4/9 of the night, and so much of its dollars must be left.
    assertThat(shares.rest(new Night.Spent(400, 1000, 2.0), 400)).isNull();
  }

  private static List<Limits> shares(Limits night, Limits run, Long... needs) {
    return new NightShares(night, run)
        .of(Stream.of(needs).map(calls -> NightShares.Need.of(calls, calls)).toList());
  }
}
