package dev.lightningbridge.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.Cancellation;
import dev.lightningbridge.common.Figures;
import dev.lightningbridge.model.GatewayEndpoint;
import dev.lightningbridge.model.sandbox.SandboxDomain;
import dev.lightningbridge.model.sandbox.SandboxModel;
import dev.lightningbridge.model.sandbox.SandboxTruth;
import dev.lightningbridge.server.ApiError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The closed loop on the sandbox, through the real server: an application's calls are captured and
 * scored, a run searches for a better prompt, its proposal is approved, and the application reads
 * the new prompt and answers mails that nobody has seen. What people would score is told by the
 * sandbox's own truth.
 */
final class LoopDemo {
  private static final long SEED = 7;
  private static final int CAPTURED = 60;
  private static final int FRESH = 20;
  private static final int POLL_MS = 250;
  private static final Set<String> ENDS =
      Set.of("promoted", "held", "failed", "cancelled", "waiting_for_approval");
  private static final SandboxTruth TRUTH = SandboxTruth.ofSeed(SEED);

  private final LoopClient app;
  private final LoopClient owner;
  private final Consumer<String> remarks;
  private final Cancellation cancellation;

  private LoopDemo(
      LoopClient app, LoopClient owner, Consumer<String> remarks, Cancellation cancellation) {
    this.app = app;
    this.owner = owner;
    this.remarks = remarks;
    this.cancellation = cancellation;
  }

  /**
   * What came of it; means of the true reward, 0 to 1, over the same fresh mails.
   *
   * @param verdict of the run; with HOLD the prompt is the same before and after
   */
  record Outcome(
      String database,
      long captured,
      String runId,
      String verdict,
      double before,
      double after,
      String promptBefore,
      String promptAfter) {}

  static Outcome play(Path home, Consumer<String> remarks, Cancellation cancellation)
      throws InterruptedException {
    Path folder = home.toAbsolutePath().normalize().resolve("demo/loop");
    Path database = folder.resolve("databases/app.db");
    delete(folder);
    try (GatewayEndpoint model =
            GatewayEndpoint.before(SandboxModel.ofSeed(SEED)).withoutToken().open();
        LoopServer server =
            LoopServer.start(folder.resolve("home"), model.endpoint().baseUrl(), database);
        LoopClient app = new LoopClient(server.address(), server.agentsToken());
        LoopClient owner = new LoopClient(server.address(), server.token())) {
      return new LoopDemo(app, owner, remarks, cancellation).play(database);
    }
  }

  /** An earlier demo's: its tests would count for this one's. */
  private static void delete(Path folder) {
    try {
      if (Files.exists(folder)) {
        try (Stream<Path> files = Files.walk(folder)) {
          for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
            Files.delete(file);
          }
        }
      }
      Files.createDirectories(folder.resolve("databases"));
      Files.createDirectories(folder.resolve("home"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Outcome play(Path database) throws InterruptedException {
    List<String> mails = TRUTH.inputs(SandboxDomain.TRIAGE, CAPTURED + FRESH);
    String first = TRUTH.seedPrompt(SandboxDomain.TRIAGE);
    remarks.accept(
        "1/4 The application answers %d mails through the capture, and scores each"
            .formatted(CAPTURED));
    for (String mail : mails.subList(0, CAPTURED)) {
      LoopClient.Said said = app.ask(LoopServer.AGENT, first, mail);
      app.post(
          "attempts/" + said.attemptId() + "/score",
          Map.of("score", (int) Math.round(1 + 9 * TRUTH.trueReward(mail, said.output()))));
      cancellation.throwIfRequested();
    }
    JsonNode agent = owner.get("agents").at("/items/0");
    remarks.accept(
        "    %s calls recorded in %s"
            .formatted(Figures.count(agent.path("recorded").asLong()), database));
    List<String> fresh = mails.subList(CAPTURED, mails.size());
    String before = app.text("agents/" + LoopServer.AGENT + "/prompt");
    remarks.accept("2/4 A run searches for a better prompt and opens its sealed test");
    JsonNode run = run(agent.path("databaseId").asText());
    String verdict = run.at("/result/verdict").asText(run.path("state").asText());
    remarks.accept("    " + verdict);
    if (run.path("state").asText().equals("waiting_for_approval")) {
      remarks.accept("3/4 The proposal is approved");
      approve(run.at("/result/proposalId").asText());
    }
    remarks.accept(
        "4/4 The application reads its prompt back and answers %d new mails, with the old prompt and"
                .formatted(FRESH)
            + " with this one");
    String after = app.text("agents/" + LoopServer.AGENT + "/prompt");
    return new Outcome(
        database.toString(),
        agent.path("recorded").asLong(),
        run.path("id").asText(),
        verdict,
        mean(before, fresh),
        mean(after, fresh),
        before,
        after);
  }

  private JsonNode run(String database) throws InterruptedException {
    String session =
        owner.get("databases/" + database + "/inspection").at("/sessions/0/id").asText();
    String id =
        owner
            .post(
                "runs",
                Map.of(
                    "database",
                    database,
                    "sessionId",
                    session,
                    "engine",
                    "java",
                    "grader",
                    "judge",
                    "acceptJudge",
                    true,
                    "model",
                    Map.of("sandbox", Map.of("seed", SEED))))
            .path("id")
            .asText();
    while (true) {
      JsonNode run = owner.get("runs/" + id);
      if (ENDS.contains(run.path("state").asText())) {
        if (run.path("state").asText().equals("failed")) {
          throw new BridgeException(
              ApiError.UNEXPECTED, run.path("error").asText(), "run " + id, "Please report it.");
        }
        return run;
      }
      cancellation.throwIfRequested();
      TimeUnit.MILLISECONDS.sleep(POLL_MS);
    }
  }

  /** As a person who has read the findings. */
  private void approve(String proposal) throws InterruptedException {
    List<String> findings =
        StreamSupport.stream(
                owner.get("proposals/" + proposal).path("findings").spliterator(), false)
            .map(finding -> finding.path("id").asText())
            .toList();
    findings.forEach(id -> remarks.accept("    accepted finding " + id));
    owner.post("proposals/" + proposal + "/approve", Map.of("acceptFindings", findings));
  }

  private double mean(String prompt, List<String> mails) throws InterruptedException {
    double sum = 0;
    for (String mail : mails) {
      sum += TRUTH.trueReward(mail, app.ask(LoopServer.AGENT, prompt, mail).output());
    }
    return sum / mails.size();
  }
}
