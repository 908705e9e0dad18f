package dev.lightningbridge.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lightningbridge.camp.CampDatabase;
import dev.lightningbridge.camp.CampFixture;
import dev.lightningbridge.common.BridgeException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineageChoiceTest {
  @TempDir Path folder;
  private Path file;
  private String session;
  private String low;
  private String high;
  private String newest;

  @BeforeEach
  void twoLineages() {
    file = folder.resolve("camp.db");
    try (CampFixture camp = CampFixture.create(file, 9)) {
      session = camp.session("Tickets", "Sort tickets", "Ticket 1");
      low = camp.lineage(session, "A");
      high = camp.lineage(session, "B");
      String first = camp.agent(low, "Be brief.");
      camp.score(camp.run(first, 1, "Ticket 1", "No.").artifactId(), 3, null);
      String second = camp.agent(high, "Be kind.");
      String artifact = camp.run(second, 1, "Ticket 1", "Yes.").artifactId();
      camp.score(artifact, 2, null);
      camp.score(artifact, 8, null);
      newest = camp.agent(high, "Be kinder.");
    }
  }

  @Test
  void of_a_session_the_lineage_with_the_best_mean_current_score_is_chosen() {
    LineageChoice choice = choose(session, null, false);
    assertThat(choice.lineage().id()).isEqualTo(high);
    assertThat(choice.why()).contains("lineage B").contains("8.00");
  }

  @Test
  void the_baseline_is_the_newest_agent_version() {
    assertThat(choose(session, null, false).baseline().id()).isEqualTo(newest);
  }

  @Test
  void a_locked_lineage_is_left_alone_unless_asked_for() {
    try (CampFixture camp = CampFixture.reopen(file)) {
      camp.lock(high, List.of(low));
    }
    assertThat(choose(session, null, false).lineage().id()).isEqualTo(low);
    assertThat(choose(session, null, true).lineage().id()).isEqualTo(high);
    assertThat(choose(null, high, false).lineage().id()).isEqualTo(high);
  }

  @Test
  void an_unknown_session_or_lineage_is_named_in_the_error() {
    assertThatThrownBy(() -> choose("nobody", null, false))
        .isInstanceOf(BridgeException.class)
        .hasMessageContaining("nobody");
    assertThatThrownBy(() -> choose(null, "nothing", false))
        .isInstanceOf(BridgeException.class)
        .hasMessageContaining("nothing");
  }

  private LineageChoice choose(String sessionId, String lineageId, boolean allowLocked) {
    try (CampDatabase camp = CampDatabase.open(file, CampDatabase.Options.DEFAULT)) {
      return LineageChoice.of(
          camp.corpus(), sessionId, lineageId, new LineageChoice.Allowed(allowLocked, false));
    }
  }
}
