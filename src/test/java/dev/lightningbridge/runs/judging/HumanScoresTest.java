package dev.lightningbridge.runs.judging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.lightningbridge.camp.CampDatabase;
import dev.lightningbridge.camp.CampFixture;
import dev.lightningbridge.grading.calibration.ScoredOutput;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HumanScoresTest {
  @TempDir Path folder;
  private final List<String> artifacts = new ArrayList<>();
  private Path camp;
  private String session;
  private String other;

  @BeforeEach
  void thirtyScoresAndMuchThatIsNone() {
    camp = folder.resolve("camp.db");
    try (CampFixture fixture = CampFixture.create(camp, 9)) {
      session = fixture.session("Tickets", "Sort tickets", null);
      String agent = fixture.agent(fixture.lineage(session, "A"), "Sort.");
      for (int cycle = 1; cycle <= 30; cycle++) {
        String artifact = fixture.run(agent, cycle, "in " + cycle, "out " + cycle).artifactId();
        fixture.score(artifact, 1 + cycle % 10, "comment " + cycle);
        artifacts.add(artifact);
      }
      fixture.run(agent, 31, "in", "nobody scored it");
      fixture.score(fixture.failure(agent, 32, "in", "time-out").artifactId(), 1, null);
      fixture.analysis(agent, "in", "the app's own");
      fixture.score(fixture.run(agent, 33, " ", "input unknown").artifactId(), 2, null);
      other = fixture.session("Other", "Another need", null);
      String elsewhere = fixture.agent(fixture.lineage(other, "A"), "Write.");
      fixture.score(fixture.run(elsewhere, 1, "in", "elsewhere").artifactId(), 9, null);
    }
  }

  @Test
  void only_scored_outputs_of_the_session_whose_input_is_known_are_taken() {
    HumanScores scores = scores(100, 0);

    assertThat(scores.all()).isEqualTo(30);
    assertThat(scores.chosen())
        .extracting(ScoredOutput::id)
        .containsExactlyInAnyOrderElementsOf(artifacts);
    assertThat(scores.chosen())
        .contains(new ScoredOutput(artifacts.get(4), "A", "in 5", "out 5", 6, "comment 5"));
  }

  @Test
  void the_same_seed_draws_the_same_in_the_same_order_and_another_seed_others() {
    assertThat(scores(10, 3)).isEqualTo(scores(10, 3));
    assertThat(scores(10, 3).chosen()).hasSize(10);
    assertThat(scores(10, 3).all()).isEqualTo(30);
    assertThat(scores(10, 4).chosen()).isNotEqualTo(scores(10, 3).chosen());
  }

  @Test
  void fewer_of_them_are_the_first_of_more() {
    assertThat(scores(10, 3).chosen()).isEqualTo(scores(30, 3).chosen().subList(0, 10));
  }

  @Test
  void those_of_a_pooled_session_are_taken_too_and_their_lineage_is_named_with_it() {
    try (CampDatabase database = CampDatabase.open(camp, CampDatabase.Options.DEFAULT)) {
      HumanScores scores = HumanScores.of(database.corpus(), List.of(session, other), 100, 0);

      assertThat(scores.all()).isEqualTo(31);
      assertThat(scores.chosen())
          .extracting(ScoredOutput::lineage, ScoredOutput::output)
          .contains(tuple("Other/A", "elsewhere"), tuple("A", "out 5"));
    }
  }

  private HumanScores scores(int most, long seed) {
    try (CampDatabase database = CampDatabase.open(camp, CampDatabase.Options.DEFAULT)) {
      return HumanScores.of(database.corpus(), List.of(session), most, seed);
    }
  }
}
