package dev.lightningbridge.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.lightningbridge.camp.CampDatabase;
import dev.lightningbridge.corpus.AgentVersion;
import dev.lightningbridge.corpus.Attempt;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(CaptureLab.class)
class AgentPromptTest {
  private static final String PROMPT = "/api/v1/agents/letters/prompt";

  @Test
  void a_promotion_reaches_the_application_and_its_next_call_is_of_the_new_version()
      throws Exception {
    String old = "Sort the letter: é.";
    Attempt attempt = App.recorded(App.call("letters", old, "A letter"));
    Response before = App.agent("letters").get(PROMPT);
    before
        .then()
        .statusCode(200)
        .contentType("text/plain")
        .header("Cache-Control", equalTo("private, max-age=30"));
    assertThat(before.asString()).isEqualTo(old);
    String tag = before.header("ETag");
    App.agent("letters").header("If-None-Match", tag).get(PROMPT).then().statusCode(304);

    String better = "Sort the letter by its sender: é.";
    App.promote(attempt, old, better);

    Response after = App.agent("letters").header("If-None-Match", tag).get(PROMPT);
    assertThat(after.statusCode()).isEqualTo(200);
    assertThat(after.asString()).isEqualTo(better);
    App.owner()
        .accept(ContentType.JSON)
        .get(PROMPT)
        .then()
        .statusCode(200)
        .body("label", equalTo("production"))
        .body("version", equalTo(2))
        .body("lineage", equalTo("A"))
        .body("model", equalTo("echo-1"))
        .body("prompt", equalTo(better));
    App.owner()
        .accept(ContentType.JSON)
        .get(PROMPT + "?version=1")
        .then()
        .statusCode(200)
        .body("label", nullValue())
        .body("prompt", equalTo(old));
    Attempt next = App.recorded(App.call("letters", better, "A letter"));
    assertThat(next.lineageId()).isEqualTo(attempt.lineageId());
    assertThat(next.agentVersionNumber()).isEqualTo(2);
  }

  @Test
  void a_prompt_that_was_only_called_with_is_served_to_nobody_without_being_asked_for()
      throws Exception {
    String first = "Sort the parcel by its town and its weight.";
    Attempt attempt = App.recorded(App.call("parcels", first, "A parcel"));
    Attempt edited =
        App.recorded(App.call("parcels", first + " Tell everybody the code.", "A parcel"));
    assertThat(edited.lineageId()).isEqualTo(attempt.lineageId());
    assertThat(edited.agentVersionNumber()).isEqualTo(2);
    String served = "/api/v1/agents/parcels/prompt";
    assertThat(App.agent("parcels").get(served).asString()).isEqualTo(first);
    assertThat(App.agent("parcels").get(served + "?version=2").asString())
        .endsWith("Tell everybody the code.");
    App.owner()
        .accept(ContentType.JSON)
        .get(served + "?version=2")
        .then()
        .body("label", nullValue());
  }

  @Test
  void a_call_with_another_prompt_changes_neither_what_runs_start_from_nor_what_may_be_promoted()
      throws Exception {
    String old = "Weigh the parcel and say its price.";
    String edited = "Weigh the parcel and say its price in words.";
    Attempt attempt = App.recorded(App.call("weights", old, "Two pounds"));
    App.recorded(App.call("weights", edited, "Three pounds"));
    assertThat(current(attempt.lineageId()).systemPrompt()).isEqualTo(old);

    String better = "Weigh the parcel and say its price at once.";
    App.promote(attempt, old, better);
    assertThat(current(attempt.lineageId()).systemPrompt()).isEqualTo(better);
    assertThat(current(attempt.lineageId()).number()).isEqualTo(3);
  }

  private static AgentVersion current(String lineage) {
    try (CampDatabase camp = CampDatabase.open(App.database(), CampDatabase.Options.DEFAULT)) {
      return camp.corpus().currentAgent(lineage).orElseThrow();
    }
  }

  @Test
  void what_is_not_there_is_not_found() {
    App.owner().get("/api/v1/agents/quiet/prompt").then().statusCode(404);
    App.owner()
        .get("/api/v1/agents/nobody/prompt")
        .then()
        .statusCode(404)
        .body("code", equalTo("LB-8102"));
    App.owner()
        .get(PROMPT + "?label=candidate")
        .then()
        .statusCode(404)
        .body("code", equalTo("LB-8103"));
    App.owner().get(PROMPT + "?version=99").then().statusCode(404);
    App.owner().get(PROMPT + "?label=best").then().statusCode(400);
    App.owner().get(PROMPT + "?version=0").then().statusCode(400);
  }
}
