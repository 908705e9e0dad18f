package dev.lightningbridge.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(ServerLab.class)
class DatabasesResourceTest {
  @Test
  void databases_of_the_allowed_folder_are_listed_and_links_out_of_it_are_not() {
    Server.given()
        .get("/api/v1/databases")
        .then()
        .statusCode(200)
        .body("items.path", hasItem(databases().resolve("camp.db").toString()))
        .body("items.path", not(hasItem(endsWith("link.db"))))
        .body("items.path", everyItem(startsWith(databases().toString())));
  }

  @Test
  void an_inspection_says_what_can_be_optimised() {
    Server.given()
        .get("/api/v1/databases/{id}/inspection", Server.database())
        .then()
        .statusCode(200)
        .body("sessions[0].tasks", equalTo(40))
        .body("sessions[0].lineages[0].optimisable", equalTo(true));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}/../elsewhere.db",
        "{}/link.db",
        "{}/../databases/../elsewhere.db",
        "{}-not/camp.db",
        "/etc/passwd",
        "/proc/self/environ",
        "//etc/passwd"
      })
  void no_path_leads_out_of_the_allowed_folders(String pattern) {
    String path = pattern.replace("{}", databases().toString());
    for (String member : List.of("database", "tasksFile")) {
      Map<String, Object> run = new HashMap<>(Server.newRun());
      run.put(member, path);
      Server.given()
          .body(run)
          .post("/api/v1/runs")
          .then()
          .statusCode(403)
          .body("code", equalTo("LB-8004"));
    }
    Server.given().queryParam("database", path).get("/api/v1/runs").then().statusCode(403);
  }

  @ParameterizedTest
  @ValueSource(strings = {"camp.db", "file:///etc/passwd", "nul\u0000.db", "../x", "~"})
  void what_is_no_whole_path_is_not_there(String path) {
    Map<String, Object> run = new HashMap<>(Server.newRun());
    run.put("database", path);
    Server.given().body(run).post("/api/v1/runs").then().statusCode(404);
  }

  @Test
  void a_file_that_is_no_database_is_a_422_problem() throws IOException {
    Path file = Files.writeString(databases().resolve("text.db"), "SQLite format 3, not");
    try {
      Map<String, Object> run = new HashMap<>(Server.newRun());
      run.put("database", file.toString());
      Server.given()
          .body(run)
          .post("/api/v1/runs")
          .then()
          .statusCode(422)
          .body("code", containsString("LB-10"));
    } finally {
      Files.delete(file);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "events",
        "tasks",
        "rollouts",
        "resources",
        "rewards",
        "store",
        "sft",
        "dpo",
        "rl"
      })
  void each_format_is_a_download_with_its_report(String format) throws IOException {
    Response answer =
        Server.given().get("/api/v1/databases/{id}/exports/{format}", Server.database(), format);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.header("Content-Disposition")).contains(format + ".zip");
    List<String> names = new ArrayList<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(answer.asByteArray()))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        names.add(entry.getName());
      }
    }
    assertThat(names).hasSizeGreaterThan(1).contains("report.json");
  }

  @Test
  void rows_come_alone_where_they_are_asked_for() {
    Response rows =
        Server.given().get("/api/v1/databases/{id}/exports/rewards?as=rows", Server.database());
    assertThat(rows.contentType()).startsWith("application/x-ndjson");
    assertThat(rows.asString().lines()).hasSize(40).allMatch(line -> line.contains("\"reward\""));
    assertThat(rows.header("X-Export-Cursor")).isNotEmpty();
    Server.given()
        .get("/api/v1/databases/{id}/exports/rollouts?as=rows", Server.database())
        .then()
        .statusCode(422);
    Server.given()
        .get("/api/v1/databases/{id}/exports/rewards?session=none", Server.database())
        .then()
        .statusCode(404);
    Server.given()
        .get("/api/v1/databases/{id}/exports/csv", Server.database())
        .then()
        .statusCode(400);
  }

  private static Path databases() {
    return Server.folder().resolve("databases");
  }
}
