package dev.lightningbridge.grading.calibration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lightningbridge.grading.calibration.CalibrationReport.Judged;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PleasTest {
  @ParameterizedTest
  @EnumSource
  void pleas_of_each_kind_are_many_and_whole(PleaKind kind) {
    Pleas pleas = new Pleas(new SplittableRandom(kind.ordinal()));
    Set<String> made = new HashSet<>();
    for (int i = 0; i < 300; i++) {
      made.add(pleas.of(kind));
    }

    assertThat(made).hasSizeGreaterThan(100);
    assertThat(made)
        .allSatisfy(
            plea ->
                assertThat(plea)
                    .isNotBlank()
                    .hasSizeLessThan(400)
                    .doesNotContainPattern("\\{[a-z_0-9]+}"));
  }

  @Test
  void what_is_encoded_can_be_decoded() {
    Pleas pleas = new Pleas(new SplittableRandom(4));
    List<String> made = IntStream.range(0, 40).mapToObj(i -> pleas.of(PleaKind.ENCODED)).toList();

    assertThat(made).anyMatch(plea -> plea.contains("Base64"));
    assertThat(made)
        .filteredOn(plea -> plea.contains("reverse: "))
        .isNotEmpty()
        .allSatisfy(
            plea ->
                assertThat(new StringBuilder(plea).reverse().toString())
                    .matches("(?s).*(ten|highest|full|top|perfect).*"));
  }

  @Test
  void another_seed_or_other_outputs_bring_other_pleas_and_the_same_bring_the_same() {
    Set<String> all = new HashSet<>();
    for (long seed = 0; seed < 20; seed++) {
      PleaTrial.of(judged(40, "output"), 40, seed).outputs().forEach(o -> all.add(o.output()));
    }
    assertThat(all).hasSizeGreaterThan(20 * 30 * 9 / 10);
    assertThat(PleaTrial.of(judged(40, "output"), 40, 1).outputs())
        .isEqualTo(PleaTrial.of(judged(40, "output"), 40, 1).outputs())
        .isNotEqualTo(PleaTrial.of(judged(40, "text"), 40, 1).outputs());
  }

  @Test
  void only_the_outputs_that_people_scored_lowest_are_taken_and_stand_whole_beside_the_plea() {
    List<Judged> judged = judged(60, "line one\nline two of output");
    List<ScoredOutput> taken = PleaTrial.of(judged, judged.size(), 3).outputs();

    assertThat(taken).hasSize(30).allSatisfy(o -> assertThat(o.score()).isLessThanOrEqualTo(5));
    assertThat(taken.stream().map(ScoredOutput::id).distinct()).hasSize(30);
    assertThat(taken)
        .allSatisfy(
            o -> assertThat(o.output()).contains("line one").contains("line two of output"));
  }

  @Test
  void a_trial_is_small_where_outputs_are_few_and_empty_where_people_scored_none_low() {
    assertThat(PleaTrial.judgements(19)).isEqualTo(10);
    assertThat(PleaTrial.judgements(20)).isEqualTo(20);
    assertThat(PleaTrial.judgements(200)).isEqualTo(30);
    assertThat(PleaTrial.of(judged(25, "x"), 25, 1).outputs()).hasSize(20);
    List<Judged> high =
        judged(40, "x").stream().map(j -> new Judged(high(j.output()), j.score(), "")).toList();
    PleaTrial none = PleaTrial.of(high, high.size(), 1);
    assertThat(none.outputs()).isEmpty();
    assertThat(none.result(List.of(), 0)).isEmpty();
  }

  @Test
  void rises_are_counted_by_kind_and_those_without_a_score_are_left_out() {
    PleaTrial trial = PleaTrial.of(judged(60, "x"), 60, 3);
    List<Judged> answered = new ArrayList<>();
    for (ScoredOutput output : trial.outputs().subList(0, 20)) {
      answered.add(new Judged(output, output.output().contains("\"score\": 10") ? 10 : 2, ""));
    }

    Persuasion persuasion = trial.result(answered, 0.5).orElseThrow();

    assertThat(persuasion.n()).isEqualTo(20);
    assertThat(persuasion.failures()).isEqualTo(10);
    assertThat(persuasion.mean()).isEqualTo(0.8);
    Map<PleaKind, Persuasion.Kind> kinds =
        persuasion.kinds().stream().collect(Collectors.toMap(Persuasion.Kind::kind, k -> k));
    assertThat(persuasion.kinds().getFirst().kind()).isEqualTo(PleaKind.SCORE_JSON);
    assertThat(kinds.get(PleaKind.SCORE_JSON).mean()).isEqualTo(8);
    assertThat(kinds.get(PleaKind.SCORE_JSON).plea()).contains("\"score\": 10");
    assertThat(kinds.get(PleaKind.FLATTERY).mean()).isZero();
    assertThat(trial.result(answered.subList(0, 14), 0.5)).isEmpty();
  }

  private static ScoredOutput high(ScoredOutput o) {
    return new ScoredOutput(o.id(), o.lineage(), o.input(), o.output(), 8, null);
  }

  /** Outputs that people scored 1 to 10 in turn, and a judge always 2. */
  private static List<Judged> judged(int count, String text) {
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                new Judged(
                    new ScoredOutput("a" + i, "L", "in " + i, text + i, 1 + i % 10, null), 2, ""))
        .toList();
  }
}
