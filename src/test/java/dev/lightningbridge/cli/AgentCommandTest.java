package dev.lightningbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.knuddels.jtokkit.api.Encoding;
import com.sun.net.httpserver.HttpServer;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.jdk.JdkHttpClient;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.lightningbridge.camp.CampFixture;
import dev.lightningbridge.cli.terminal.Console;
import dev.lightningbridge.cli.terminal.Interrupts;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.demo.SampleDatabase;
import dev.lightningbridge.lightning.EnvironmentKind;
import dev.lightningbridge.model.sandbox.SandboxDomain;
import dev.lightningbridge.model.sandbox.SandboxTruth;
import dev.lightningbridge.needs.Compiled;
import dev.lightningbridge.needs.Environments;
import dev.lightningbridge.needs.NeedsEnvironment;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;

/** {@code optimize --agent-…} and the examples through the real command line, on the sandbox. */
@Timeout(600)
class AgentCommandTest {
  private static final int INPUTS = 24;
  private static final SandboxTruth TRUTH = SandboxTruth.ofSeed(7);

  @TempDir Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private String session = "";

  @BeforeEach
  void aSmallDatabase() {
    try (CampFixture fixture = CampFixture.create(folder.resolve("camp.db"), 9)) {
      session = fixture.session("Tickets", "Sort tickets", null);
      String lineage = fixture.lineage(session, "A");
      String agent = fixture.agent(lineage, TRUTH.seedPrompt(SandboxDomain.TRIAGE));
      int cycle = 0;
      for (String input : TRUTH.inputs(SandboxDomain.TRIAGE, INPUTS)) {
        fixture.score(fixture.run(agent, ++cycle, input, "billing").artifactId(), 3, null);
      }
    }
  }

  private int optimize(String... more) {
    List<String> all = new ArrayList<>(List.of("optimize", "--sandbox", "--sandbox-seed=7"));
    all.addAll(List.of("--db", folder.resolve("camp.db").toString(), "--session", session));
    all.addAll(List.of("--home", folder.resolve("home").toString(), "--json"));
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

  private void optimizes(long callsARollout, String... more) throws Exception {
    assertThat(optimize(more)).as(err.toString(StandardCharsets.UTF_8)).isZero();
    long rollouts = count("SELECT count(*) FROM agent_rollouts");
    assertThat(rollouts).isGreaterThanOrEqualTo(Math.max(4, 2L * tested()));
    assertThat(count("SELECT count(*) FROM calls WHERE role = 'WORKER' AND state = 'done'"))
        .isEqualTo(callsARollout * rollouts);
    assertThat(count("SELECT count(*) FROM calls WHERE role = 'JUDGE' AND state = 'done'"))
        .as("each output was graded")
        .isGreaterThanOrEqualTo(rollouts);
  }

  private long tested() throws IOException {
    return Json.mapper().readTree(out.toString(StandardCharsets.UTF_8)).at("/test/n").asLong();
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
  void aShellScriptIsTheAgentOfTheSearchAndOfTheSealedTest() throws Exception {
    Files.delete(folder.resolve("camp.db"));
    session = SampleDatabase.create(folder.resolve("camp.db"), 7).sessions().get(0).id();
    optimizes(1, "--engine=java", "--agent-command", "sh docs/examples/agent_curl.sh");
    assertThat(tested()).isPositive();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("What was tested is the agent's command \\\"sh docs/examples/agent_curl.sh\\\".");
  }

  @Test
  void plainJavaIsTheAgentByTwoCallsARollout() throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    optimizes(
        2,
        "--engine=java",
        "--agent-command",
        java + " -XX:TieredStopAtLevel=1 docs/examples/JavaAgent.java");
  }

  @Test
  void aJavaClassIsTheAgent() throws Exception {
    compile("ClassAgent");
    optimizes(
        1,
        "--engine=java",
        "--agent-class=ClassAgent",
        "--agent-path",
        folder.resolve("classes").toString());
  }

  @Test
  void aJavaClassWithLangChain4jIsTheAgent() throws Exception {
    compile("LangChainAgent");
    List<String> path = new ArrayList<>(List.of(folder.resolve("classes").toString()));
    for (Class<?> library :
        List.of(
            OpenAiChatModel.class,
            ChatModel.class,
            HttpClient.class,
            JdkHttpClient.class,
            Encoding.class,
            ObjectMapper.class,
            JsonFactory.class,
            JsonProperty.class,
            Logger.class)) {
      path.add(
          Path.of(library.getProtectionDomain().getCodeSource().getLocation().toURI()).toString());
    }
    optimizes(
        1,
        "--engine=java",
        "--agent-class=LangChainAgent",
        "--agent-path",
        String.join(File.pathSeparator, path));
  }

  private void compile(String example) {
    Compiled.examples(folder.resolve("classes"), example);
  }

  @Test
  @NeedsEnvironment(EnvironmentKind.APO)
  void pythonWithTheOpenAiSdkIsTheAgentOfTheRealApo() throws Exception {
    Path python = Environments.of(EnvironmentKind.APO).python();
    optimizes(
        2, "--engine=agentlightning", "--agent-command", python + " docs/examples/agent_openai.py");
  }

  @Test
  void aServiceIsTheAgent() throws Exception {
    HttpServer service =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    service.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    service.createContext(
        "/",
        exchange -> {
          try (exchange) {
            var input = Json.mapper().readTree(exchange.getRequestBody()).path("input");
            byte[] answer =
                Json.write(
                        Map.of("output", "{\"queue\": \"%s\"}".formatted(input.asText().length())))
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
          }
        });
    service.start();
    try {
      String url = "http://127.0.0.1:%d/".formatted(service.getAddress().getPort());
      optimizes(0, "--engine=java", "--agent-url", url);
    } finally {
      service.stop(0);
    }
  }

  @Test
  void aScriptThatAlwaysFailsEndsTheRunAndIsNoZero() throws Exception {
    assertThat(
            optimize(
                "--engine=java",
                "--agent-command",
                "[\"sh\", \"-c\", \"echo no such file >&2; exit 3\"]"))
        .isEqualTo(1);
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("LB-5001", "ended with status 3: no such file");
    assertThat(count("SELECT count(*) FROM agent_rollouts")).isZero();
  }

  @Test
  void aDryRunSaysThatItIsTheLeast() throws Exception {
    assertThat(optimize("--dry-run", "--agent-command", "cat")).isZero();
    assertThat(
            Json.mapper()
                .readTree(out.toString(StandardCharsets.UTF_8))
                .path("atLeast")
                .asBoolean())
        .isTrue();
  }
}
