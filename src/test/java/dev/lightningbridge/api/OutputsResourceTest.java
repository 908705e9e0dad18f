package dev.lightningbridge.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import dev.lightningbridge.camp.CampFixture;
import dev.lightningbridge.server.Databases;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(ServerLab.class)
class OutputsResourceTest {
  private static final String OUTPUTS = "/api/v1/databases/{db}/sessions/{session}/outputs";

  private Path file;
  private String session;
  private String database;
  private String scored;
  private String open;

  @BeforeEach
  void makeDatabase() {
    file = Server.folder().resolve("databases/scores.db");
    try (CampFixture camp = CampFixture.create(file, 9)) {
      session = camp.session("Few", "Answer mails", null);
      String agent = camp.agent(camp.lineage(session, "A"), "Be brief.");
      scored = camp.run(agent, 1, "Mail 1", "Answer 1").artifactId();
      camp.score(scored, 3, "Too SHORT");
      open = camp.run(agent, 2, "Mail 2", "Answer 2").artifactId();
    }
    database = Databases.id(file);
  }

  @AfterEach
  void deleteIt() throws IOException {
    try (Stream<Path> files = Files.list(file.getParent())) {
      for (Path made :
          files.filter(f -> f.getFileName().toString().startsWith("scores.db")).toList()) {
        Files.delete(made);
      }
    }
  }

  @Test
  void outputs_are_read_with_their_scores_and_filtered() {
    Server.given()
        .get(OUTPUTS, database, session)
        .then()
        .statusCode(200)
        .body("items", hasSize(2))
        .body("items[0].score", equalTo(3))
        .body("items[0].comment", equalTo("Too SHORT"))
        .body("items[1].score", nullValue())
        .body("next", nullValue());
    Server.given()
        .get(OUTPUTS + "?scored=false", database, session)
        .then()
        .body("items.id", everyItem(equalTo(open)));
    Server.given()
        .get(OUTPUTS + "?text=too short", database, session)
        .then()
        .body("items.id", everyItem(equalTo(scored)));
    Server.given().get(OUTPUTS + "?least=4", database, session).then().body("items", hasSize(0));
    Server.given()
        .get(OUTPUTS + "?limit=1", database, session)
        .then()
        .body("items", hasSize(1))
        .body("next", equalTo(1));
  }

  @Test
  void the_next_output_is_scored_and_the_score_taken_back() {
    assertThat(next()).isEqualTo(open);
    Server.given()
        .body(Map.of("score", 9, "comment", "Fine."))
        .put(OUTPUTS + "/{output}/score", database, session, open)
        .then()
        .statusCode(200)
        .body("score", equalTo(9))
        .body("backup", containsString("scores.db.backup-"));
    Server.given()
        .get(OUTPUTS + "/{output}", database, session, open)
        .then()
        .body("score", equalTo(9))
        .body("comment", equalTo("Fine."));
    assertThat(next()).isNull();
    Server.given()
        .delete(OUTPUTS + "/{output}/score", database, session, open)
        .then()
        .statusCode(200)
        .body("score", nullValue());
    assertThat(next()).isEqualTo(open);
    Server.given()
        .delete(OUTPUTS + "/{output}/score", database, session, scored)
        .then()
        .statusCode(409)
        .body("code", equalTo("LB-1074"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"score\": 0}", "{\"score\": 11}", "{}", "{\"score\": 5, \"more\": 1}"})
  void a_body_that_is_no_score_is_refused(String body) {
    Server.given()
        .body(body)
        .put(OUTPUTS + "/{output}/score", database, session, open)
        .then()
        .statusCode(400);
  }

  @Test
  void an_output_of_another_session_is_not_there() {
    Server.given()
        .body(Map.of("score", 9))
        .put(OUTPUTS + "/{output}/score", database, session, "none")
        .then()
        .statusCode(404)
        .body("code", equalTo("LB-1073"));
    Server.given().get(OUTPUTS, database, "none").then().statusCode(404);
    Server.given().get(OUTPUTS, "none", session).then().statusCode(404);
  }

  @Test
  void a_database_that_became_a_link_to_elsewhere_is_not_written() throws IOException {
    Path elsewhere = Server.folder().resolve("scores-elsewhere.db");
    Files.move(file, elsewhere);
    Files.createSymbolicLink(file, elsewhere);
    byte[] before = Files.readAllBytes(elsewhere);
    Server.given()
        .body(Map.of("score", 9))
        .put(OUTPUTS + "/{output}/score", database, session, open)
        .then()
        .statusCode(404);
    assertThat(Files.readAllBytes(elsewhere)).isEqualTo(before);
    Files.delete(elsewhere);
  }

  private String next() {
    return Server.given().get(OUTPUTS + "/next", database, session).path("output.id");
  }
}
