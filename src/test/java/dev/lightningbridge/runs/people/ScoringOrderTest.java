package dev.lightningbridge.runs.people;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ScoringOrderTest {
  private final List<SessionOutput> outputs = new ArrayList<>();

  @Test
  void versions_without_a_score_come_before_those_that_have_some() {
    output("a", "A", 1, "one", 5);
    output("b", "A", 1, "two", null);
    output("c", "A", 2, "three", null);
    assertThat(next()).isEqualTo("c");
  }

  @Test
  void of_one_version_an_input_comes_first_that_nobody_has_scored() {
    output("a", "A", 1, "one", 5);
    output("b", "A", 1, "one", null);
    output("c", "A", 1, "two", null);
    assertThat(next()).isEqualTo("c");
  }

  @Test
  void a_lineage_comes_first_where_the_judge_was_far_from_people() {
    output("a", "A", 1, "one", null);
    output("b", "B", 1, "two", null);
    assertThat(order(Map.of("A", 0.5, "B", 2.5)).next(Set.of())).contains("b");
    assertThat(order(Map.of("A", 3.0, "B", 2.5)).next(Set.of())).contains("a");
  }

  @Test
  void a_version_with_scores_near_the_middle_comes_before_one_at_the_end_of_the_scale() {
    output("a", "A", 1, "one", 10);
    output("b", "B", 1, "two", 6);
    output("c", "A", 1, "three", null);
    output("d", "B", 1, "four", null);
    assertThat(next()).isEqualTo("d");
  }

  @Test
  void a_copy_of_a_scored_output_comes_last() {
    outputs.add(made("a", "A", 1, "one", "the same", 5));
    outputs.add(made("b", "B", 1, "one", "the same", null));
    output("c", "A", 1, "two", null);
    assertThat(next()).isEqualTo("c");
  }

  @Test
  void what_was_skipped_comes_not_again_and_at_last_there_is_nothing() {
    output("a", "A", 1, "one", null);
    output("b", "A", 1, "two", null);
    Set<String> skipped = new HashSet<>();
    skipped.add(next());
    skipped.add(order(Map.of()).next(skipped).orElseThrow());
    assertThat(skipped).containsExactlyInAnyOrder("a", "b");
    assertThat(order(Map.of()).next(skipped)).isEmpty();
  }

  @Test
  void fourteen_scores_in_this_order_are_of_all_versions_and_never_two_of_one_input() {
    for (int i = 0; i < 60; i++) {
      output("id" + i, i % 2 == 0 ? "A" : "B", 1 + i % 4, "input " + i % 30, null);
    }
    Map<String, Integer> byVersion = new java.util.HashMap<>();
    Set<String> inputs = new HashSet<>();
    for (int i = 0; i < 14; i++) {
      String id = next();
      SessionOutput chosen =
          outputs.stream().filter(o -> o.id().equals(id)).findFirst().orElseThrow();
      outputs.set(
          outputs.indexOf(chosen),
          made(id, chosen.lineageId(), chosen.version(), chosen.input(), chosen.output(), 5));
      byVersion.merge(chosen.maker(), 1, Integer::sum);
      assertThat(inputs.add(chosen.input())).isTrue();
    }
    assertThat(byVersion).hasSize(4);
    assertThat(byVersion.values()).allMatch(n -> n == 3 || n == 4);
  }

  private String next() {
    return order(Map.of()).next(Set.of()).orElseThrow();
  }

  private ScoringOrder order(Map<String, Double> disagreement) {
    ScoringOrder order = new ScoringOrder(disagreement);
    outputs.forEach(order::add);
    return order;
  }

  private void output(
      String id, String lineage, int version, String input, @Nullable Integer score) {
    outputs.add(made(id, lineage, version, input, "output of " + id, score));
  }

  private static SessionOutput made(
      String id,
      String lineage,
      int version,
      String input,
      String output,
      @Nullable Integer score) {
    return new SessionOutput(
        id, id, lineage, lineage, version, 1, input, output, score, null, 0, null);
  }
}
