package dev.lightningbridge.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.lightningbridge.capture.AgentLoops.AgentLoop;
import dev.lightningbridge.capture.AgentLoops.InUse;
import dev.lightningbridge.capture.AgentLoops.LineageLoop;
import dev.lightningbridge.corpus.Attempt;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(CaptureLab.class)
class AgentLoopsTest {
  private static final String OLD = "Name the ship that is meant.";
  private static final String BETTER = "Name the ship that is meant, and its port.";

  @Inject AgentLoops loops;

  @Test
  void an_agent_says_what_was_captured_and_scored_before_and_after_a_promotion() throws Exception {
    assertThat(loop("ships").lineages()).isEmpty();
    Attempt first = scored(App.call("ships", OLD, "The grey one"), 3);
    App.recorded(App.call("ships", OLD, "The white one"));
    App.promote(first, OLD, BETTER);
    scored(App.call("ships", BETTER, "The red one"), 9);
    App.recorded(App.call("ships", OLD + " Say it loud.", "The blue one"));

    LineageLoop lineage = loop("ships").lineages().getFirst();
    assertThat(lineage.calls()).isEqualTo(4);
    assertThat(lineage.today()).isEqualTo(4);
    assertThat(lineage.scored()).isEqualTo(2);
    assertThat(lineage.lastRun()).isNull();
    assertThat(lineage.inUse())
        .extracting(InUse::version, InUse::scored, InUse::meanScore)
        .containsExactly(tuple(1, 1L, 3.0), tuple(2, 1L, 9.0));
    assertThat(lineage.inUse().get(1).since()).isGreaterThan(lineage.inUse().get(0).since());
    assertThat(card("ships")).contains("4 in 24 hours", "version 2", "3.00", "9.00", "+6.0");
  }

  @Test
  void a_prompt_that_changes_from_call_to_call_is_said_with_what_to_do() throws Exception {
    String last = "";
    for (int mail = 1; mail <= 10; mail++) {
      assertThat(card("dated")).doesNotContain("changes from call to call");
      last = App.call("dated", "Today is day %d. Answer mails kindly.".formatted(mail), "Hello");
      App.recorded(last);
    }
    assertThat(loop("dated").lineages().getFirst().prompts()).isEqualTo(10);
    assertThat(card("dated"))
        .contains("changes from call to call: 10 calls were made with 10 prompts");
    for (int mail = 1; mail <= 10; mail++) {
      last = App.call("dated", "Today is day 1. Answer mails kindly.", "Hello " + mail);
    }
    App.recorded(last);
    assertThat(card("dated")).doesNotContain("changes from call to call");
  }

  @Test
  void calls_that_were_not_recorded_are_counted_by_their_reasons() throws Exception {
    assertThat(card("unheard")).doesNotContain("Not recorded");
    App.ask(App.agent("unheard"), "unheard", App.body("echo", "", "Hello")).then().statusCode(200);
    App.until(() -> App.counted("unheard", "no_prompt") == 1);

    assertThat(card("unheard"))
        .contains("Not recorded since the server’s start: 1 without a system message.");
  }

  /** The agent's part of Home. */
  private static String card(String agent) {
    return Arrays.stream(App.owner().get("/loops").asString().split("<li class=\"card\">", -1))
        .filter(card -> card.contains(">" + agent + "</a></h3>") || card.startsWith("<h3>" + agent))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void an_agent_whose_database_may_not_be_used_says_so() {
    assertThat(loop("outside").failure()).contains("in no folder");
  }

  private AgentLoop loop(String agent) {
    return loops.all().stream().filter(l -> l.agent().equals(agent)).findFirst().orElseThrow();
  }

  private static Attempt scored(String attempt, int score) throws InterruptedException {
    App.recorded(attempt);
    App.agent("ships")
        .body("{\"score\": %d}".formatted(score))
        .post("/api/v1/attempts/{id}/score", attempt)
        .then()
        .statusCode(200);
    return App.recorded(attempt);
  }
}
