package dev.lightningbridge.api;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(ServerLab.class)
class TasksOverRestTest {
  private static Map<String, Object> run(Map<String, Object> more) {
    Map<String, Object> run = new HashMap<>(Server.newRun());
    run.put("grader", "auto");
    run.putAll(more);
    return run;
  }

  @Test
  void the_text_of_a_file_of_tasks_is_taken_and_what_was_read_is_said() {
    String text = "question;answer;tag\nIs it?;yes;a\n\"Is\nit now?\";no;b\nIs it?;no;a\n";
    Server.given()
        .body(run(Map.of("tasksText", text, "onlyGivenTasks", true)))
        .post("/api/v1/runs/notes")
        .then()
        .statusCode(200)
        .body("notes", hasItem(startsWith("2 tasks were read from")))
        .body("notes", hasItem(equalTo("\"answer\" was read as \"expected\".")))
        .body("notes", hasItem(startsWith("Grader auto is exact: all 2 tasks")))
        .body("notes", hasItem(containsString("it contradicts line 2")));
  }

  @Test
  void with_the_captured_inputs_the_one_that_makes_a_judge_grade_is_named() {
    Server.given()
        .body(run(Map.of("tasksText", "{\"input\":\"Is it?\",\"expected\":[\"yes\",1]}")))
        .post("/api/v1/runs/notes")
        .then()
        .statusCode(200)
        .body("notes", hasItem(startsWith("Grader auto is the judge: a captured input")));
  }

  @Test
  void tasks_that_are_given_twice_or_cannot_be_read_are_refused() {
    for (Map<String, Object> wrong :
        List.<Map<String, Object>>of(
            Map.of("tasksText", "input\nx", "tasks", List.of(Map.of("input", "x"))),
            Map.of("tasksText", "input\nx", "tasksFile", "x.jsonl"))) {
      Server.given().body(run(wrong)).post("/api/v1/runs/notes").then().statusCode(400);
    }
    Server.given()
        .body(run(Map.of("tasksText", "{'input': 'x'}")))
        .post("/api/v1/runs/notes")
        .then()
        .statusCode(422)
        .body("detail", containsString("json.dumps"));
  }
}
