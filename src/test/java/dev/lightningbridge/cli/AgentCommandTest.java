package dev.lightningbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.demo.SampleDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code optimize --agent-…} through the real command line, on the sandbox. */
class AgentCommandTest {
  @TempDir Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private String session = "";

  @BeforeEach
  void aDatabase() {
    session = SampleDatabase.create(folder.resolve("camp.db"), 7).sessions().get(0).id();
  }

  private int optimize(String... more) {
    List<String> all = new ArrayList<>(List.of("optimize", "--sandbox", "--sandbox-seed=7"));
    all.addAll(List.of("--db", folder.resolve("camp.db").toString(), "--session", session));
    all.addAll(List.of("--home", folder.resolve("home").toString(), "--json", "--engine=java"));
    all.addAll(List.of("--rounds=1", "--beam-width=1", "--branch-factor=1", "--accept-judge"));
    all.add("--no-early-stop");
    all.addAll(List.of(more));
    return Bridge.run(
        new Console(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8)),
        new Interrupts(),
        all.toArray(String[]::new));
  }

  private JsonNode document() throws IOException {
    return Json.mapper().readTree(out.toString(StandardCharsets.UTF_8));
  }

  private long count(String sql) throws SQLException {
    try (Connection bridge =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("home/bridge.db"));
        Statement statement = bridge.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.getLong(1);
    }
  }

  @Test
  void aScriptIsTheAgentOfTheSearchAndOfTheSealedTest() throws Exception {
    assertThat(optimize("--agent-command", "sh docs/examples/agent_curl.sh"))
        .as(err.toString(StandardCharsets.UTF_8))
        .isZero();

    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("What was tested is the agent's command \\\"sh docs/examples/agent_curl.sh\\\".");
    long rollouts = count("SELECT count(*) FROM agent_rollouts");
    assertThat(rollouts).isGreaterThan(2L * document().at("/test/n").asLong());
    assertThat(count("SELECT count(*) FROM calls WHERE role = 'WORKER' AND state = 'done'"))
        .as("one call a rollout, and the one that tried the model")
        .isBetween(rollouts, rollouts + 1);
  }

  @Test
  void aScriptThatAlwaysFailsEndsTheRunAndIsNoZero() throws Exception {
    assertThat(optimize("--agent-command", "[\"sh\", \"-c\", \"echo no such file >&2; exit 3\"]"))
        .isEqualTo(1);
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("LB-5001", "ended with status 3: no such file");
    assertThat(count("SELECT count(*) FROM agent_rollouts")).isZero();
  }
}
