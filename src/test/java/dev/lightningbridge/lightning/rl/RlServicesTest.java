package dev.lightningbridge.lightning.rl;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.dataset.TaskSource;
import dev.lightningbridge.grading.Grade;
import dev.lightningbridge.grading.Grader;
import dev.lightningbridge.lightning.EnvironmentKind;
import dev.lightningbridge.lightning.PythonEnvironment;
import dev.lightningbridge.model.ModelException;
import dev.lightningbridge.needs.Environments;
import dev.lightningbridge.needs.NeedsEnvironment;
import dev.lightningbridge.needs.StartsWorkers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real gateway, controller and agents, with a fake model behind them. */
@NeedsEnvironment(EnvironmentKind.RL_GATEWAY)
@StartsWorkers
class RlServicesTest {
  private static final List<Task> TASKS =
      List.of(
          new Task(
              "t1",
              "What is 2 plus 2? \"\uD83D\uDE00\"",
              "4",
              List.of(),
              null,
              TaskSource.PROVIDED),
          new Task("t2", "What is 3 plus 4?", "7", List.of(), null, TaskSource.PROVIDED));

  @TempDir Path folder;
  private final JobMark mark = JobMark.random();
  private final List<ModelException> ends = new ArrayList<>();
  private final AtomicInteger graded = new AtomicInteger();
  private PythonEnvironment environment;
  private FakePolicy policy;

  @BeforeEach
  void environmentAndModel() throws IOException {
    environment = Environments.of(EnvironmentKind.RL_GATEWAY);
    policy = new FakePolicy(input -> input.contains("2 plus 2") ? "4" : "I do not know");
  }

  @AfterEach
  void nothingIsLeft() {
    policy.close();
    assertThat(mark.processes()).isEmpty();
  }

  /** The output's first character against what is expected. */
  private Grader exact() {
    return grader(
        (task, output) -> output.startsWith(String.valueOf(task.expectedText())) ? 1 : 0.25);
  }

  @FunctionalInterface
  private interface Rule {
    double reward(Task task, String output) throws ModelException;
  }

  private Grader grader(Rule rule) {
    return new Grader() {
      @Override
      public String name() {
        return "exact";
      }

      @Override
      public Grade grade(Task task, String output) throws ModelException {
        graded.incrementAndGet();
        return new Grade(rule.reward(task, output), "");
      }
    };
  }

  private RlServices start(Grader grader, Map<String, String> overrides)
      throws IOException, InterruptedException {
    RlServices services =
        RlServices.start(
            new RlServices.Plan(
                environment.python(),
                Path.of("python").toAbsolutePath().toString(),
                folder.resolve("a model's folder"),
                folder,
                "Answer with one number.",
                16,
                TASKS,
                grader,
                RlOptions.of(overrides),
                mark,
                ends::add));
    try (GatewayClient client = new GatewayClient(services)) {
      client.serve(folder.resolve("a model's folder").toString(), policy.url());
    }
    return services;
  }

  @Test
  void a_rollout_plays_the_training_camps_way_and_its_reward_is_our_graders() throws Exception {
    try (RlServices services = start(exact(), Map.of());
        GatewayClient client = new GatewayClient(services)) {
      assertThat(client.statusWithoutKey()).isEqualTo(401);
      String right = client.create("t1");
      String wrong = client.create("t2");

      assertThat(client.awaitEnd(right)).isEqualTo("succeeded");
      assertThat(client.awaitEnd(wrong)).isEqualTo("succeeded");

      JsonNode triplet = client.triplet(right);
      assertThat(reward(triplet)).isEqualTo(1);
      assertThat(reward(client.triplet(wrong))).isEqualTo(0.25);
      assertThat(event(triplet, "model_request").path("response_token_ids").path(0).asInt())
          .isEqualTo('4');
      JsonNode messages =
          policy.requests.stream()
              .map(request -> request.path("messages"))
              .filter(m -> m.path(1).path("content").asText().contains("2 plus 2"))
              .findFirst()
              .orElseThrow();
      assertThat(messages.path(0).path("content").asText()).isEqualTo("Answer with one number.");
      assertThat(messages.path(1).path("content").asText()).isEqualTo(TASKS.get(0).input());
    }
  }

  @Test
  void what_agents_share_is_for_their_user_alone_and_goes_with_the_job() throws Exception {
    Path file = folder.resolve("agents.json");
    try (RlServices services = start(exact(), Map.of())) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
      assertThat(mark.processes())
          .extracting(ProcessHandle::pid)
          .containsExactlyInAnyOrderElementsOf(services.processes());
      for (ProcessHandle process : mark.processes()) {
        assertThat(
                Files.readString(
                    Path.of("/proc/" + process.pid() + "/cmdline"), StandardCharsets.ISO_8859_1))
            .as("a key on a command line is seen by everybody")
            .doesNotContain(services.key());
      }
    }
    assertThat(file).doesNotExist();
  }

  @Test
  void a_grader_that_fails_gives_no_reward() throws Exception {
    Grader failing =
        grader(
            (task, output) -> {
              throw new ModelException(ModelException.Kind.TIMEOUT, "the judge is away");
            });
    try (RlServices services = start(failing, Map.of());
        GatewayClient client = new GatewayClient(services)) {
      String rollout = client.create("t1");

      assertThat(client.awaitEnd(rollout)).isEqualTo("failed");

      assertThat(event(client.triplet(rollout), "reward").isMissingNode()).isTrue();
      assertThat(graded).as("it was asked again").hasValueGreaterThan(1);
      assertThat(ends).isEmpty();
    }
  }

  @Test
  void a_used_up_budget_is_told_and_not_asked_again() throws Exception {
    Grader empty =
        grader(
            (task, output) -> {
              throw new ModelException(ModelException.Kind.BUDGET_EXHAUSTED, "no calls left");
            });
    try (RlServices services = start(empty, Map.of());
        GatewayClient client = new GatewayClient(services)) {
      assertThat(client.awaitEnd(client.create("t1"))).isEqualTo("failed");

      assertThat(graded).hasValue(1);
      assertThat(ends).hasSize(1);
    }
  }

  @Test
  void a_java_agent_that_knows_nothing_of_this_is_trained_as_it_is() throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String source = Path.of("docs/examples/JavaAgent.java").toAbsolutePath().toString();
    try (RlServices services =
            start(exact(), Map.of("agent.command", Json.write(List.of(java, source))));
        GatewayClient client = new GatewayClient(services)) {
      String rollout = client.create("t1");

      assertThat(client.awaitEnd(rollout)).isEqualTo("succeeded");

      assertThat(reward(client.triplet(rollout))).isEqualTo(1);
      assertThat(policy.requests).as("a plan, then the answer").hasSize(2);
      assertThat(policy.requests.get(1).path("messages").path(1).path("content").asText())
          .endsWith("Plan: 4");
    }
  }

  @Test
  void an_agent_that_is_a_service_is_told_where_the_model_is() throws Exception {
    List<JsonNode> told = new ArrayList<>();
    HttpServer agent =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    agent.createContext(
        "/play",
        exchange -> {
          told.add(Json.mapper().readTree(exchange.getRequestBody()));
          byte[] answer = "{\"output\": \"4, of course\"}".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    agent.start();
    String url = "http://127.0.0.1:" + agent.getAddress().getPort() + "/play";
    try (RlServices services = start(exact(), Map.of("agent.url", url));
        GatewayClient client = new GatewayClient(services)) {
      String rollout = client.create("t1");

      assertThat(client.awaitEnd(rollout)).isEqualTo("succeeded");

      assertThat(reward(client.triplet(rollout))).isEqualTo(1);
      assertThat(told.get(0).path("input").asText()).isEqualTo(TASKS.get(0).input());
      assertThat(told.get(0).path("base_url").asText())
          .startsWith(services.url() + "/proxy/rollout/" + rollout);
    } finally {
      agent.stop(0);
    }
  }

  @Test
  void an_agent_that_is_still_running_ends_with_the_job() throws Exception {
    RlServices services = start(exact(), Map.of("agent.command", "sleep 600"));
    try (GatewayClient client = new GatewayClient(services)) {
      client.awaitState(client.create("t1"), List.of("running"));
      for (int i = 0; i < 100 && mark.processes().size() < 4; i++) {
        Thread.sleep(50);
      }
      assertThat(mark.processes()).as("gateway, controller, agent and its command").hasSize(4);
    } finally {
      services.close();
    }
    assertThat(mark.processes()).isEmpty();
  }

  @Test
  void all_that_is_marked_is_ended_and_nothing_else() throws Exception {
    Process other = new ProcessBuilder("sleep", "600").start();
    ProcessBuilder marked = new ProcessBuilder("sh", "-c", "setsid sleep 600 & sleep 600");
    mark.putInto(marked.environment());
    Process process = marked.start();
    try {
      for (int i = 0; i < 100 && mark.processes().size() < 3; i++) {
        Thread.sleep(50);
      }

      assertThat(mark.endAll()).isEqualTo(3);

      assertThat(mark.processes()).isEmpty();
      assertThat(process.waitFor()).isNotZero();
      assertThat(other.isAlive()).isTrue();
    } finally {
      other.destroyForcibly();
    }
  }

  private static double reward(JsonNode triplet) {
    return event(triplet, "reward").path("value").asDouble(-1);
  }

  private static JsonNode event(JsonNode events, String type) {
    for (JsonNode event : events) {
      if (event.path("event_type").asText().equals(type)) {
        return event.path("data");
      }
    }
    return Json.mapper().missingNode();
  }
}
