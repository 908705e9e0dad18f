package dev.lightningbridge.runs.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.model.Limits;
import dev.lightningbridge.runs.request.RunError;
import org.junit.jupiter.api.Test;

/** What is said of limits before anything is spent. */
class LimitOutlookTest {
  /** Of 470 calls, 40 are the sealed test's and 160 the judge's own test's. */
  private static final RunEstimate ESTIMATE =
      new RunEstimate(
          8,
          8,
          10,
          0,
          true,
          470,
          100_000,
          2.5,
          new RunEstimate.Part(160, 0, 0.0),
          new RunEstimate.Part(40, 0, 0.0),
          RunEstimate.Part.NONE,
          null,
          false,
          null,
          null);

  @Test
  void a_limit_below_the_sealed_test_is_refused_and_told_what_is_enough() {
    assertThatThrownBy(() -> LimitOutlook.require(ESTIMATE, calls(44)))
        .isInstanceOfSatisfying(
            BridgeException.class,
            e -> {
              assertThat(e.code()).isEqualTo(RunError.BUDGET_TOO_SMALL);
              assertThat(e.what()).contains("44 calls", "needs 44");
              assertThat(e.remedy()).contains("Allow 470 calls", "at least 45");
            });
    assertThatCode(() -> LimitOutlook.require(ESTIMATE, calls(45))).doesNotThrowAnyException();
  }

  @Test
  void a_limit_below_the_estimate_is_told_with_what_is_left_to_search() {
    assertThat(LimitOutlook.shortfall(ESTIMATE, calls(300)))
        .contains(
            "The limit of 300 calls is less than the about 470 that the whole run takes: 44 are kept for the"
                + " sealed test, up to 160 are for the judge’s own test, and about 96 are left to search, which"
                + " ends early.");
    assertThat(LimitOutlook.shortfall(ESTIMATE, calls(150)).orElseThrow())
        .contains("few or none are left to search");
  }

  @Test
  void tokens_and_dollars_are_told_likewise() {
    assertThat(LimitOutlook.shortfall(ESTIMATE, new Limits(null, 50_000L, null)).orElseThrow())
        .contains("50,000 tokens is less than the about 100,000");
    assertThat(LimitOutlook.shortfall(ESTIMATE, new Limits(null, null, 1.0)).orElseThrow())
        .contains("1.00 US dollars is less than the about 2.50");
  }

  @Test
  void a_limit_that_is_enough_is_not_spoken_of() {
    assertThat(LimitOutlook.shortfall(ESTIMATE, calls(470))).isEmpty();
    assertThat(LimitOutlook.shortfall(ESTIMATE, new Limits(null, 100_000L, 2.5))).isEmpty();
  }

  private static Limits calls(long calls) {
    return new Limits(calls, null, null);
  }
}
