package dev.lightningbridge.grading.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lightningbridge.agent.ScriptedModel;
import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.Cancellation;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.grading.Rubric;
import dev.lightningbridge.model.ChatRequest;
import dev.lightningbridge.model.ModelException;
import dev.lightningbridge.model.ModelException.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.Test;

class JudgeCalibrationTest {
  private static final Rubric RUBRIC = new Rubric("Answers.", null, List.of(), List.of());

  private final Cancellation cancellation = new Cancellation();

  /** Outputs whose quality stands in their text; people score it with an error of about 1. */
  private static List<ScoredOutput> scored(int count) {
    Random random = new Random(9);
    List<ScoredOutput> outputs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int quality = 1 + random.nextInt(10);
      int score = clamp(quality + random.nextGaussian());
      String text =
          "quality=%d, no. %d. %s".formatted(quality, i, "word ".repeat(random.nextInt(60)));
      outputs.add(
          new ScoredOutput(
              "a" + i, i % 2 == 0 ? "A" : "B", "input " + i % 7, text, score, "about " + score));
    }
    return outputs;
  }

  private static int clamp(double score) {
    return (int) Math.clamp(Math.round(score), 1, 10);
  }

  private static String output(ChatRequest request) {
    String user = request.body().path("messages").path(1).path("content").textValue();
    return user.substring(user.indexOf("# Output"));
  }

  private static int quality(String output) {
    return Integer.parseInt(output.replaceAll("(?s).*quality=(\\d+).*", "$1"));
  }

  private static ScriptedModel judge(ToIntFunction<String> score) {
    return new ScriptedModel(
        request ->
            ScriptedModel.answer(
                "{\"score\": %d, \"reason\": \"so\"}".formatted(score.applyAsInt(output(request))),
                "stop"));
  }

  private CalibrationReport run(ScriptedModel model, List<ScoredOutput> scored) {
    return new JudgeCalibration(model, "judge", RUBRIC, 3, cancellation, 5).run(scored);
  }

  @Test
  void a_good_judge_is_trusted_and_beats_both_baselines() {
    CalibrationReport report = run(judge(JudgeCalibrationTest::quality), scored(80));

    assertThat(report.trust().trusted()).isTrue();
    assertThat(report.n() + report.shown().size()).isEqualTo(80);
    Agreement judge = report.judge();
    assertThat(judge.kappa().value()).isGreaterThan(0.8);
    assertThat(judge.kappa().interval().low()).isBetween(0.7, judge.kappa().value());
    assertThat(judge.kappa().interval().high()).isGreaterThan(judge.kappa().value());
    assertThat(judge.mae().value()).isLessThan(report.alwaysTheMean().mae().interval().low());
    assertThat(judge.mae().value()).isLessThan(report.lengthOfText().mae().value());
    assertThat(report.alwaysTheMean().kappa().value()).isZero();
    assertThat(report.alwaysTheMean().rho().value()).isZero();
    assertThat(report.pairsInOrder()).isGreaterThan(0.85);
    assertThat(report.lineages())
        .extracting(CalibrationReport.Lineage::lineage)
        .containsExactly("A", "B");
    assertThat(report.lineages().get(0).kappa()).isGreaterThan(0.7);
    assertThat(report.repeatability()).isEqualTo(new CalibrationReport.Repeatability(30, 1.0, 0.0));
    assertThat(report.points()).hasSize(report.n());
  }

  @Test
  void a_judge_that_flips_coins_is_caught() {
    Random coin = new Random(2);
    CalibrationReport report =
        run(
            judge(
                output -> {
                  synchronized (coin) {
                    return 1 + coin.nextInt(10);
                  }
                }),
            scored(80));

    assertThat(report.trust().trusted()).isFalse();
    assertThat(report.trust().reason()).contains("agrees too little").contains("0.40 is needed");
    assertThat(report.pairsInOrder()).isCloseTo(0.5, within(0.12));
    assertThat(report.repeatability().same()).isLessThan(0.4);
  }

  @Test
  void a_judge_that_loves_length_is_caught_and_its_love_is_shown() {
    CalibrationReport report = run(judge(output -> clamp(output.length() / 30.0)), scored(80));

    assertThat(report.trust().trusted()).isFalse();
    assertThat(report.length().judge()).isGreaterThan(0.9);
    assertThat(Math.abs(report.length().people())).isLessThan(0.3);
  }

  @Test
  void a_mild_judge_is_corrected_where_that_helps() {
    CalibrationReport report = run(judge(output -> clamp(7 + quality(output) / 4.0)), scored(80));

    assertThat(report.correction()).isNotNull();
    Agreement corrected = report.correction().corrected();
    assertThat(corrected.kappa().value()).isGreaterThan(report.judge().kappa().value() + 0.2);
    assertThat(report.trust().trusted()).isTrue();
    assertThat(report.bands().get(0).bias()).isGreaterThan(4);
    assertThat(report.bands().get(0).ci().low()).isGreaterThan(3);
  }

  @Test
  void a_good_judge_needs_no_correction() {
    assertThat(run(judge(JudgeCalibrationTest::quality), scored(60)).correction()).isNull();
  }

  @Test
  void the_worst_disagreements_come_first() {
    CalibrationReport report = run(judge(output -> 10), scored(60));

    assertThat(report.worst()).hasSize(10);
    assertThat(report.worst().get(0).output().score()).isOne();
    assertThat(report.worst())
        .isSortedAccordingTo((a, b) -> Integer.compare(b.distance(), a.distance()));
  }

  @Test
  void too_few_outputs_are_no_ground_for_trust() {
    CalibrationReport report = run(judge(JudgeCalibrationTest::quality), scored(19));

    assertThat(report.trust().trusted()).isFalse();
    assertThat(report.trust().reason()).contains("human scores only; 20 are needed");
    assertThatThrownBy(() -> run(judge(JudgeCalibrationTest::quality), List.of()))
        .isInstanceOf(BridgeException.class)
        .hasMessageContaining("LB-4005");
  }

  @Test
  void what_the_judge_is_shown_it_is_not_tested_on() {
    ScriptedModel model = judge(JudgeCalibrationTest::quality);
    List<ScoredOutput> scored = scored(40);

    CalibrationReport report = run(model, scored);

    List<String> shown =
        scored.stream()
            .filter(o -> report.shown().contains(o.id()))
            .map(ScoredOutput::output)
            .toList();
    assertThat(shown).hasSize(6);
    assertThat(model.requests())
        .allSatisfy(
            request -> {
              String system = request.body().path("messages").path(0).path("content").textValue();
              assertThat(system).contains(shown);
              assertThat(shown).noneMatch(text -> output(request).contains("\n" + text + "\n"));
            });
  }

  @Test
  void failures_are_counted_and_past_a_tenth_end_the_test() {
    List<ScoredOutput> scored = scored(60);
    String failing = scored.get(7).output();
    ScriptedModel oneFails =
        new ScriptedModel(
            request -> {
              if (output(request).contains(failing)) {
                throw new ModelException(Kind.REFUSED, "no");
              }
              return ScriptedModel.answer("{\"score\": 5, \"reason\": \"so\"}", "stop");
            });

    assertThat(run(oneFails, scored).failures()).isOne();
    assertThatThrownBy(() -> run(ScriptedModel.saying("no score"), scored))
        .isInstanceOf(BridgeException.class)
        .hasMessageContaining("LB-4006")
        .hasMessageContaining("no readable score in 3 answers")
        .hasMessageContaining("Or choose another judge model.");
  }

  @Test
  void where_the_budget_runs_out_the_report_is_about_what_was_judged() {
    AtomicInteger calls = new AtomicInteger();
    ScriptedModel model =
        new ScriptedModel(
            request -> {
              if (calls.incrementAndGet() > 25) {
                throw new ModelException(Kind.BUDGET_EXHAUSTED, "the end");
              }
              return ScriptedModel.answer("{\"score\": 5, \"reason\": \"so\"}", "stop");
            });

    CalibrationReport report = run(model, scored(60));

    assertThat(report.complete()).isFalse();
    assertThat(report.n()).isEqualTo(25);
    assertThat(report.repeatability()).isNull();
  }

  @Test
  void a_cancelled_test_has_no_report() {
    assertThatThrownBy(
            () ->
                run(
                    judge(
                        output -> {
                          cancellation.request();
                          return 5;
                        }),
                    scored(40)))
        .isInstanceOf(CancellationException.class);
  }

  @Test
  void the_report_is_json_that_can_be_read_back() throws Exception {
    CalibrationReport report = run(judge(output -> clamp(7 + quality(output) / 4.0)), scored(40));

    String json = Json.write(report);

    assertThat(json).doesNotContain("NaN");
    assertThat(Json.mapper().readValue(json, CalibrationReport.class)).isEqualTo(report);
  }
}
