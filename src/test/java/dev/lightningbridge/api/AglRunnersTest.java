package dev.lightningbridge.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.lightning.EnvironmentKind;
import dev.lightningbridge.needs.Environments;
import dev.lightningbridge.needs.NeedsEnvironment;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Agents of agentlightning in its own runners, which ask this server for work. */
@QuarkusTest
@WithTestResource(ServerLab.class)
@NeedsEnvironment(EnvironmentKind.APO)
@Timeout(600)
class AglRunnersTest {
  private static final String NAME = "triage";
  private static final int KILLED = 128 + 9;

  @TempDir Path folder;
  private final List<Process> processes = new ArrayList<>();

  @AfterEach
  void theirEnd() throws InterruptedException {
    for (Process process : processes) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().waitFor();
    }
  }

  @Test
  void a_function_agent_of_the_examples_is_optimised_by_the_real_apo_from_the_command_line()
      throws Exception {
    runner("docs/examples/agent_agl.py");
    long before = rows("agl_rollouts");

    JsonNode result = optimized("--engine=agentlightning");

    assertThat(result.path("verdict").asText()).isIn("PROMOTE", "HOLD");
    long rollouts = Math.max(8, 2L * result.at("/test/n").asInt());
    assertThat(rows("agl_rollouts") - before).isGreaterThanOrEqualTo(rollouts);
    assertThat(rows("agl_spans WHERE span_json LIKE '%agentlightning.message.body%'"))
        .isGreaterThanOrEqualTo(rollouts);
    assertThat(rows("agl_rollouts WHERE status = 'failed'")).isZero();
  }

  @Test
  void a_runner_that_is_killed_in_the_middle_of_a_rollout_loses_nothing() throws Exception {
    Process killed = runner("src/test/python/agl_dying.py");
    Map<String, Object> run = new HashMap<>(Server.newRun());
    run.put("agent", "agl:" + NAME);
    run.put("search", Map.of("rounds", 1, "beamWidth", 1, "branchFactor", 1));
    String id = Server.start(run);
    assertThat(killed.waitFor()).as(said()).isEqualTo(KILLED);

    runner("src/test/python/agl_dying.py");
    JsonPath ended = ended(id);

    assertThat(ended.getString("state")).as(said()).isIn("held", "waiting_for_approval");
    assertThat(ended.getString("result.verdict")).isIn("PROMOTE", "HOLD");
    assertThat(rows("agl_rollouts WHERE status = 'succeeded'")).isGreaterThan(8);
    assertThat(rows("agl_attempts WHERE number = 2")).isPositive();
    assertThat(rows("agl_rollouts WHERE status = 'failed'")).isZero();
    assertThat(rows("agl_spans WHERE span_json LIKE '%agentlightning.reward%'")).isPositive();
  }

  private Process runner(String script) throws IOException {
    Path token = Server.folder().resolve("home/agl/" + NAME + ".token");
    ProcessBuilder builder =
        new ProcessBuilder(Environments.of(EnvironmentKind.APO).python().toString(), script);
    builder
        .environment()
        .putAll(
            Map.of(
                "LIGHTNING_BRIDGE_STORE",
                "http://bridge:%s@localhost:%d/agl/%s"
                    .formatted(Files.readString(token).strip(), RestAssured.port, NAME),
                "DIED",
                folder.resolve("died").toString(),
                "LITELLM_LOCAL_MODEL_COST_MAP",
                "True"));
    return started(builder.redirectOutput(folder.resolve("out").toFile()));
  }

  /** The result of a run in a process of its own with the server's home folder. */
  private JsonNode optimized(String engine) throws Exception {
    Path out = folder.resolve("result");
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-XX:TieredStopAtLevel=1"));
    words.addAll(List.of("-cp", System.getProperty("java.class.path")));
    words.addAll(List.of("dev.lightningbridge.cli.Main", "optimize", "--json", engine));
    words.addAll(List.of("--home", Server.folder().resolve("home").toString()));
    words.addAll(List.of("--db", Server.folder().resolve("databases/camp.db").toString()));
    words.addAll(List.of("--session", Server.session(), "--sandbox", "--sandbox-seed=7"));
    words.addAll(List.of("--rounds=1", "--beam-width=1", "--branch-factor=1", "--accept-judge"));
    words.addAll(List.of("--agent", "agl:" + NAME));
    Process process = started(new ProcessBuilder(words).redirectOutput(out.toFile()));
    assertThat(process.waitFor()).as(said()).isZero();
    return Json.mapper().readTree(out.toFile());
  }

  private Process started(ProcessBuilder builder) throws IOException {
    File errors = folder.resolve("errors").toFile();
    Process process = builder.redirectError(ProcessBuilder.Redirect.appendTo(errors)).start();
    processes.add(process);
    return process;
  }

  private String said() throws IOException {
    List<String> lines = Files.readAllLines(folder.resolve("errors"));
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
  }

  private static JsonPath ended(String id) throws InterruptedException {
    while (Server.show(id).getString("finishedAt") == null) {
      TimeUnit.MILLISECONDS.sleep(200);
    }
    return Server.show(id);
  }

  private static long rows(String from) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(
                "jdbc:sqlite:" + Server.folder().resolve("home/bridge.db"));
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT count(*) FROM " + from)) {
      return row.getLong(1);
    }
  }
}
