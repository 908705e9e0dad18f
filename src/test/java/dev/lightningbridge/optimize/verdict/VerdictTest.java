package dev.lightningbridge.optimize.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lightningbridge.common.Interval;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.optimize.verdict.Verdict.Decision;
import dev.lightningbridge.optimize.verdict.Verdict.Reason;
import org.junit.jupiter.api.Test;

class VerdictTest {
  private static final double[] BASELINE = {.1, .2, .3, .4, .5, .6};
  private static final double[] BETTER = {.4, .6, .7, .6, .7, .9};

  private static TestResult test(double[] baseline, double[] winner) {
    return TestResult.of(baseline, winner, 0, Verdict.LEVEL, 7);
  }

  @Test
  void figures_are_those_of_the_differences_task_by_task() {
    TestResult test = test(BASELINE, BETTER);

    assertThat(test.n()).isEqualTo(6);
    assertThat(test.baselineMean()).isCloseTo(.35, within(1e-12));
    assertThat(test.winnerMean()).isCloseTo(.65, within(1e-12));
    assertThat(test.difference()).isCloseTo(.3, within(1e-12));
    // by hand: differences .3 .4 .4 .2 .2 .3
    assertThat(test.sd()).isCloseTo(.0894427, within(1e-6));
    // floor(.05 * 64) = 3: the third lowest mean of differences, after .2, .2 and its equal .2
    assertThat(test.ci().low()).isCloseTo(.2, within(1e-6));
    assertThat(test.confidence()).isEqualTo(.9);
    assertThat(test.p()).isCloseTo(1 / 64.0, within(1e-12));
    assertThat(test.better()).isEqualTo(6);
  }

  @Test
  void a_significant_improvement_is_promoted() {
    Verdict verdict = Verdict.of(test(BASELINE, BETTER));

    assertThat(verdict.decision()).isEqualTo(Decision.PROMOTE);
    assertThat(verdict.sentence())
        .isEqualTo(
            "The new prompt is better: on 6 sealed test tasks its mean reward is 0.65, the current"
                + " one's 0.35; a difference of +0.30 (90 % interval +0.20 to +0.40, p = 0.016;"
                + " needed: p ≤ 0.05).");
    assertThat(verdict.remarks())
        .first()
        .isEqualTo("Better on 6, worse on 0, equal on 0 of 6 tasks.");
  }

  @Test
  void a_lower_level_asks_for_more_and_has_a_wider_interval() {
    double[] mostlyBetter = {.4, .6, .7, .6, .7, .5};
    Verdict verdict = Verdict.of(TestResult.of(BASELINE, mostlyBetter, 0, 0.02, 7));

    assertThat(test(BASELINE, mostlyBetter).passed()).isTrue();
    assertThat(verdict.reason()).isEqualTo(Reason.NOT_SIGNIFICANT);
    assertThat(verdict.sentence())
        .endsWith("(96 % interval −0.10 to +0.40, p = 0.031; needed: p ≤ 0.02).");
  }

  @Test
  void a_gain_that_is_less_than_the_least_effect_is_held() {
    TestResult test = test(BASELINE, BETTER);

    assertThat(Verdict.of(test, Compared.PROMPTS, 0.29).decision()).isEqualTo(Decision.PROMOTE);
    assertThat(Verdict.of(test, Compared.PROMPTS, 0.31).reason())
        .isEqualTo(Reason.EFFECT_TOO_SMALL);
    assertThat(Verdict.of(test, Compared.PROMPTS, 0.31).sentence())
        .startsWith("The new prompt is better, but by less than the least effect of 0.31: on 6");
  }

  @Test
  void tests_of_before_keep_their_interval_of_ninety_five_percent_at_the_level_of_five() {
    TestResult test =
        Json.read(
            """
            {"n":6,"baselineMean":0.35,"winnerMean":0.65,"difference":0.3,"sd":0.09,
             "ci":{"low":0.21,"high":0.39},"p":0.016,"detectableEffect":0.1,"better":6,"worse":0,
             "excluded":0}""",
            TestResult.class);

    assertThat(test.confidence()).isEqualTo(0.95);
    assertThat(test.level()).isEqualTo(0.05);
    assertThat(test.passed()).isTrue();
  }

  @Test
  void a_significant_loss_is_held() {
    assertThat(Verdict.of(test(BETTER, BASELINE)).reason()).isEqualTo(Reason.NOT_SIGNIFICANT);
  }

  @Test
  void a_difference_that_chance_could_make_is_held_and_says_what_so_many_tasks_show() {
    Verdict verdict =
        Verdict.of(
            test(new double[] {.1, .5, .3, .6, .2, .4}, new double[] {.4, .4, .5, .4, .4, .5}));

    assertThat(verdict.decision()).isEqualTo(Decision.HOLD);
    assertThat(verdict.reason()).isEqualTo(Reason.NOT_SIGNIFICANT);
    assertThat(verdict.remarks()).anySatisfy(r -> assertThat(r).contains("80 % power"));
  }

  @Test
  void fewer_tasks_than_can_ever_decide_are_held_with_how_many_more() {
    Verdict verdict = Verdict.of(test(new double[] {0, 0, 0}, new double[] {1, 1, 1}));

    assertThat(verdict.reason()).isEqualTo(Reason.TOO_FEW_TASKS);
    assertThat(verdict.sentence())
        .startsWith("3 sealed test tasks are too few for a verdict. 2 more at the least,");
    assertThat(Verdict.withoutTasks().sentence()).contains("5 more at the least");
    assertThat(Verdict.withoutTasks().test()).isNull();
  }

  @Test
  void a_judge_that_is_not_trusted_holds_what_would_be_promoted() {
    Verdict verdict = Verdict.of(test(BASELINE, BETTER)).heldForJudge("kappa is 0.1.");

    assertThat(verdict.decision()).isEqualTo(Decision.HOLD);
    assertThat(verdict.reason()).isEqualTo(Reason.JUDGE_NOT_TRUSTED);
    assertThat(verdict.sentence()).endsWith("kappa is 0.1.");
    assertThat(verdict.remarks())
        .first()
        .asString()
        .startsWith("If the judge were trusted: The new");
    assertThat(Verdict.samePrompt().heldForJudge("x").reason()).isEqualTo(Reason.SAME_PROMPT);
  }

  @Test
  void the_budgets_end_is_held_with_what_is_known() {
    Verdict verdict = Verdict.budgetRanOut(test(BASELINE, BETTER), 20, Compared.PROMPTS);

    assertThat(verdict.reason()).isEqualTo(Reason.BUDGET_RAN_OUT);
    assertThat(verdict.sentence())
        .startsWith("The budget ran out after 6 of 20 sealed test tasks. So far: on 6 sealed");
    assertThat(Verdict.budgetRanOut(null, 20, Compared.PROMPTS).sentence())
        .isEqualTo("The budget ran out after 0 of 20 sealed test tasks.");
  }

  @Test
  void one_task_has_an_interval_that_claims_nothing() {
    TestResult test = test(new double[] {0}, new double[] {1});

    assertThat(test.ci()).isEqualTo(new Interval(-1, 1));
    assertThat(test.detectableEffect()).isNull();
  }

  @Test
  void it_is_json_with_numbers_only() throws Exception {
    Verdict verdict = Verdict.of(test(new double[] {0, 0, 0, 0, 0}, new double[] {0, 0, 0, 0, 0}));

    String json = Json.write(verdict);

    assertThat(json).doesNotContain("NaN").doesNotContain("Infinity");
    JsonNode test = Json.mapper().readTree(json).path("test");
    assertThat(test.path("ci").path("low").isNumber()).isTrue();
    assertThat(Json.mapper().readValue(json, Verdict.class)).isEqualTo(verdict);
  }
}
