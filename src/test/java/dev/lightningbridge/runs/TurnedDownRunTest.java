package dev.lightningbridge.runs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.model.ChatModel;
import dev.lightningbridge.model.GatewayEndpoint;
import dev.lightningbridge.model.Limits;
import dev.lightningbridge.model.ModelException;
import dev.lightningbridge.model.ModelException.Kind;
import dev.lightningbridge.model.ModelRole;
import dev.lightningbridge.model.sandbox.SandboxModel;
import dev.lightningbridge.optimize.RunEvent;
import dev.lightningbridge.optimize.verdict.Verdict;
import dev.lightningbridge.runs.ending.RunResult;
import dev.lightningbridge.runs.request.ModelAccess;
import dev.lightningbridge.runs.request.OptimizeRequest;
import dev.lightningbridge.workshop.InstalledEngines;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs with a real endpoint that turns down a part of the calls. */
@Timeout(180)
class TurnedDownRunTest {
  private static final long CALLS = 500;

  @TempDir Path folder;

  /** A server that turns down calls by chance, each with the same share. */
  private static ChatModel turningDown(double share, ChatModel model) {
    Random random = new Random(11);
    return request -> {
      boolean turnedDown;
      synchronized (random) {
        turnedDown = random.nextDouble() < share;
      }
      if (turnedDown) {
        throw new ModelException(Kind.SERVER_ERROR, "overloaded");
      }
      return model.complete(request);
    };
  }

  private RunResult run(String name, double share, Limits limits) {
    SandboxModel sandbox = SandboxModel.builder().seed(7).build();
    try (GatewayEndpoint server =
            GatewayEndpoint.before(turningDown(share, sandbox)).withoutToken().open();
        RunLab lab = new RunLab(folder.resolve(name), 60)) {
      lab.acceptJudge = true;
      OptimizeRequest request =
          lab.request(
              new ModelAccess.Endpoint(
                  server.endpoint().baseUrl().toString(), "NO_SUCH_KEY", null, null),
              "judge",
              limits,
              false,
              null,
              0);
      ObjectNode json = Json.read(Json.write(request), ObjectNode.class);
      Map<String, String> models = new HashMap<>();
      for (ModelRole role : ModelRole.values()) {
        String lower = role.name().toLowerCase(Locale.ROOT);
        models.put(lower, "sandbox-" + lower);
      }
      json.put("engine", "java").set("models", Json.mapper().valueToTree(models));
      RunResult result =
          lab.optimization(new InstalledEngines(remark -> {}))
              .run(
                  Json.read(json.toString(), OptimizeRequest.class),
                  lab.events::add,
                  lab.cancellation);
      assertThat(lab.events.stream().filter(RunEvent.Evaluated.class::isInstance)).isNotEmpty();
      assertThat(lab.runs.spending().of(result.runId()).turnedDown())
          .isEqualTo(result.turnedDown());
      return result;
    }
  }

  @Test
  void an_endpoint_that_turns_down_every_fifth_call_changes_no_verdict_and_no_winner() {
    Limits limits = new Limits(CALLS, null, null);
    RunResult control = run("control", 0, limits);
    RunResult flaky = run("flaky", 0.2, limits);

    assertThat(control.verdict()).isEqualTo(Verdict.Decision.PROMOTE);
    assertThat(flaky.verdict()).isEqualTo(control.verdict());
    assertThat(flaky.prompt()).isEqualTo(control.prompt());
    assertThat(flaky.test()).isEqualTo(control.test());
    assertThat(flaky.calls()).isEqualTo(control.calls()).isLessThanOrEqualTo(CALLS);
    assertThat(control.turnedDown()).isZero();
    assertThat((double) flaky.turnedDown() / (flaky.calls() + flaky.turnedDown()))
        .isBetween(0.1, 0.3);
  }

  @Test
  void a_run_that_its_budget_ended_says_so_first() {
    RunResult result = run("short", 0, new Limits(200L, null, null));

    String said = result.reason() + String.join(" ", result.remarks());
    assertThat(said).contains("The limit of 200 calls (--max-calls) ended the search early.");
    assertThat(
            result.verdict() == Verdict.Decision.HOLD ? result.reason() : result.remarks().get(0))
        .startsWith("The limit of 200 calls");
    assertThat(result.calls()).isLessThanOrEqualTo(200);
    assertThat(result.test() == null || result.test().n() > 5).as("the test was paid for").isTrue();
  }
}
