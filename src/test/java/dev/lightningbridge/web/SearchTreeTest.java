package dev.lightningbridge.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lightningbridge.optimize.RunEvent;
import java.util.List;
import org.junit.jupiter.api.Test;

class SearchTreeTest {
  @Test
  void a_round_is_a_column_and_a_candidate_hangs_on_the_one_it_was_made_from() {
    SearchTree tree =
        SearchTree.of(
            List.of(
                new RunEvent.CandidateMade("v0", null, 0, "old", null),
                new RunEvent.Evaluated("v0", 0, "validation", 8, 0, 0.25),
                new RunEvent.CandidateMade("v1", "v0", 1, "new", "short"),
                new RunEvent.CandidateMade("v2", "v0", 1, "newer", "shorter"),
                new RunEvent.Evaluated("v2", 1, "validation", 8, 0, 0.75),
                new RunEvent.RoundFinished(1, 2, List.of("v2", "v0")),
                new RunEvent.BestChanged("v2", 1, 0.75),
                new RunEvent.CandidateMade("v3", "v2", 2, "newest", "more")));

    assertThat(tree.columns())
        .extracting(SearchTree.Column::name)
        .containsExactly("Start", "Round 1", "Round 2");
    assertThat(tree.edges()).hasSize(3);
    assertThat(tree.nodes())
        .extracting(SearchTree.Node::name, SearchTree.Node::score, SearchTree.Node::best)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("v0", "0.25", false),
            org.assertj.core.groups.Tuple.tuple("v1", "", false),
            org.assertj.core.groups.Tuple.tuple("v2", "0.75", true),
            org.assertj.core.groups.Tuple.tuple("v3", "", false));
    assertThat(tree.nodes().get(2).says())
        .isEqualTo("Candidate v2, mean reward 0.75 on 8 validation tasks, made from v0");
  }

  @Test
  void a_measurement_on_more_tasks_counts_more_than_a_later_one_on_fewer() {
    SearchTree tree =
        SearchTree.of(
            List.of(
                new RunEvent.CandidateMade("v0", null, 0, "old", null),
                new RunEvent.Evaluated("v0", 0, "validation", 16, 0, 0.5),
                new RunEvent.Evaluated("v0", 1, "validation", 4, 0, 1.0),
                new RunEvent.Evaluated("v0", 1, "train", 99, 0, 0.1)));

    assertThat(tree.nodes().get(0).score()).isEqualTo("0.50");
  }
}
