package dev.lightningbridge.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@QuarkusTest
@TestProfile(McpLab.class)
@Timeout(180)
class AssistantsTest {
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private static RequestSpecification asked() {
    return Server.given().accept("application/json, text/event-stream");
  }

  private static Map<String, Object> message(String method, Map<String, Object> params) {
    return Map.of(
        "jsonrpc", "2.0", "id", NUMBER.incrementAndGet(), "method", method, "params", params);
  }

  /** A session's id, after the handshake. */
  private static String session() {
    Response hello =
        asked()
            .body(
                message(
                    "initialize",
                    Map.of(
                        "protocolVersion", "2025-03-26",
                        "capabilities", Map.of(),
                        "clientInfo", Map.of("name", "test", "version", "1"))))
            .post("/mcp");
    assertThat(hello.statusCode()).as(hello.asString()).isEqualTo(200);
    String session = Objects.requireNonNull(hello.header("Mcp-Session-Id"));
    asked()
        .header("Mcp-Session-Id", session)
        .body(Map.of("jsonrpc", "2.0", "method", "notifications/initialized"))
        .post("/mcp")
        .then()
        .statusCode(202);
    return session;
  }

  private static JsonPath sent(String method, Map<String, Object> params) {
    Response answer =
        asked().header("Mcp-Session-Id", session()).body(message(method, params)).post("/mcp");
    assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
    return JsonPath.from(answer.asString().replaceFirst("(?s)^.*?\ndata: *", "").strip());
  }

  private static JsonPath called(String tool, Map<String, Object> arguments) {
    JsonPath answer = sent("tools/call", Map.of("name", tool, "arguments", arguments));
    assertThat(answer.getBoolean("result.isError")).as(answer.prettify()).isFalse();
    return JsonPath.from(answer.getString("result.content[0].text"));
  }

  private static String refused(String tool, Map<String, Object> arguments) {
    JsonPath answer = sent("tools/call", Map.of("name", tool, "arguments", arguments));
    assertThat(answer.getBoolean("result.isError")).as(answer.prettify()).isTrue();
    return answer.getString("result.content[0].text");
  }

  @Test
  void the_tools_are_described_by_the_words_of_the_api_and_what_only_looks_is_told_apart() {
    JsonPath tools = sent("tools/list", Map.of());

    assertThat(tools.<String>getList("result.tools.name"))
        .contains("inspect", "judge", "estimate", "optimize", "show_run", "promote");
    assertThat(
            tools.getString(ofTool("optimize") + "properties.run.properties.splitSeed.description"))
        .startsWith("Another split than the session's own");
    assertThat(tools.<String>getList(ofTool("optimize") + "properties.run.required"))
        .contains("database");
    assertThat(tools.<String>getList("result.tools.findAll { it.annotations.readOnlyHint }.name"))
        .contains("inspect", "estimate", "show_proposal")
        .doesNotContain("optimize", "judge", "promote", "cancel_run");
  }

  private static String ofTool(String name) {
    return "result.tools.find { it.name == '" + name + "' }.inputSchema.";
  }

  @Test
  void an_assistant_comes_from_the_databases_to_a_prompt_that_a_person_has_approved()
      throws Exception {
    String database = called("list_databases", Map.of()).getString("items[0].id");
    assertThat(called("inspect", Map.of("database", database)).getString("sessions[0].id"))
        .isEqualTo(Server.session());
    Map<String, Object> run = new HashMap<>(Server.newRun());
    run.put("limits", Map.of("calls", 3000));
    assertThat(called("estimate", Map.of("run", run)).getInt("calls")).isPositive();

    String id = called("optimize", Map.of("run", run)).getString("id");
    Server.until(() -> called("show_run", Map.of("id", id)).getString("finishedAt") != null);
    assertThat(called("list_runs", Map.of()).<String>getList("items.id")).contains(id);
    String proposal = called("show_run", Map.of("id", id)).getString("result.proposalId");
    JsonPath shown = called("show_proposal", Map.of("id", proposal));
    assertThat(shown.getString("state")).isEqualTo("waiting");
    assertThat(shown.getList("findings")).isEmpty();

    assertThat(refused("promote", Map.of("id", proposal, "personApproved", "yes")))
        .startsWith("Nothing was promoted");
    assertThat(called("show_proposal", Map.of("id", proposal)).getString("state"))
        .isEqualTo("waiting");
    assertThat(
            called("promote", Map.of("id", proposal, "personApproved", proposal))
                .getString("state"))
        .isEqualTo("written");
    assertThat(refused("promote", Map.of("id", proposal, "personApproved", proposal)))
        .startsWith("LB-7109");
  }

  @Test
  void a_judge_is_compared_with_people() throws Exception {
    Map<String, Object> report =
        Map.of(
            "database", Server.database(),
            "sessionId", Server.session(),
            "model", Map.of("sandbox", Map.of("seed", 7)));
    String id = called("judge", Map.of("report", report)).getString("id");
    Server.until(() -> "done".equals(called("show_judge", Map.of("id", id)).getString("state")));
    assertThat(called("show_judge", Map.of("id", id)).getInt("judged")).isPositive();
  }

  @Test
  void what_the_api_refuses_is_refused_with_its_words() {
    assertThat(refused("show_run", Map.of("id", "none"))).startsWith("LB-");
    assertThat(refused("inspect", Map.of("database", "/etc/passwd"))).startsWith("LB-8");
    Map<String, Object> run = new HashMap<>(Server.newRun());
    run.put("engine", "other");
    assertThat(refused("estimate", Map.of("run", run))).contains("engine");
    run.put("engine", "java");
    run.put("sede", 7);
    assertThat(refused("estimate", Map.of("run", run))).contains("sede");
    run.remove("sede");
    run.put("autoPromote", true);
    assertThat(refused("optimize", Map.of("run", run))).contains("autoPromote");
  }

  @Test
  void nobody_comes_in_without_the_token_nor_from_another_site() {
    RestAssured.given().body("{}").post("/mcp").then().statusCode(401);
    RestAssured.given().get("/mcp/sse").then().statusCode(401);
    asked().header("Origin", "http://evil.example").body("{}").post("/mcp").then().statusCode(403);
  }
}
