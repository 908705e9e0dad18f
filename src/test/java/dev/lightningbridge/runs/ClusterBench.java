package dev.lightningbridge.runs;

import dev.lightningbridge.agent.AgentChoice;
import dev.lightningbridge.camp.CampFixture;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.model.Limits;
import dev.lightningbridge.model.sandbox.SandboxDomain;
import dev.lightningbridge.model.sandbox.SandboxTruth;
import dev.lightningbridge.optimize.ApoSettings;
import dev.lightningbridge.optimize.PromptRules;
import dev.lightningbridge.runs.ending.RunTraces;
import dev.lightningbridge.runs.request.EngineChoice;
import dev.lightningbridge.runs.request.ModelAccess;
import dev.lightningbridge.runs.request.OptimizeRequest;
import dev.lightningbridge.runs.request.RequestParts;
import dev.lightningbridge.runs.request.RunPolicy;
import dev.lightningbridge.runs.request.SearchStrategy;
import dev.lightningbridge.runs.work.RunQueue;
import dev.lightningbridge.store.BridgeDatabase;
import dev.lightningbridge.store.BridgeHome;
import dev.lightningbridge.store.PostgresServer;
import dev.lightningbridge.store.PostgresSettings;
import dev.lightningbridge.workshop.InstalledEngines;
import dev.lightningbridge.workshop.InstalledTrainers;
import dev.lightningbridge.workshop.Workshop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Three servers on one PostgreSQL database run what is in its queue, while two of them are killed
 * and started again at random. Triggers in the database count what must not happen.
 */
public final class ClusterBench {
  private static final SandboxTruth TRUTH = SandboxTruth.ofSeed(7);
  private static final String LABEL = "gpu";
  private static final int FILES = 3;
  private static final int LINEAGES = 4;

  private final Path folder;
  private final Random random = new Random(20261124);
  private final List<Path> camps = new ArrayList<>();
  private final List<List<String>> lineages = new ArrayList<>();
  private int kills;

  private ClusterBench(Path folder) {
    this.folder = folder;
  }

  /**
   * @param arguments the number of runs, and the server's quarkus-run.jar
   */
  public static void main(String[] arguments) throws Exception {
    int runs = Integer.parseInt(arguments[0]);
    Path folder = Files.createTempDirectory("bridge-cluster");
    try (PostgresServer postgres = PostgresServer.started()) {
      PostgresSettings settings = postgres.newDatabase();
      try (BridgeDatabase database = BridgeDatabase.open(settings)) {
        new ClusterBench(folder).run(runs, Path.of(arguments[1]), settings, database);
      }
    }
  }

  private void run(int runs, Path jar, PostgresSettings settings, BridgeDatabase database)
      throws Exception {
    makeCamps();
    enqueue(runs, database);
    ClusterAudit audit = new ClusterAudit(database);
    audit.install();
    List<ClusterServer> servers = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      servers.add(new ClusterServer(folder, i, jar, settings, i == 0 ? LABEL : ""));
    }
    try {
      long started = System.nanoTime();
      for (ClusterServer server : servers) {
        server.start();
      }
      while (audit.unfinished() > 0) {
        killOne(servers.subList(1, 3));
        System.err.printf("%d runs left, %d kills%n", audit.unfinished(), kills);
        if (System.nanoTime() - started > TimeUnit.MINUTES.toNanos(30)) {
          throw new IllegalStateException("it takes too long; see " + folder);
        }
      }
      long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - started);
      audit.print(runs, kills, seconds, servers.get(0), LABEL);
    } finally {
      servers.forEach(ClusterServer::kill);
    }
  }

  /** Once it is up, within a few seconds; and up again a moment later. */
  private void killOne(List<ClusterServer> servers) throws Exception {
    ClusterServer server = servers.get(random.nextInt(servers.size()));
    if (!server.isUp()) {
      Thread.sleep(500);
      return;
    }
    Thread.sleep(random.nextInt(6000));
    server.kill();
    kills++;
    Thread.sleep(random.nextInt(2000));
    server.start();
  }

  private void makeCamps() throws IOException {
    List<String> lines = new ArrayList<>();
    for (String input : TRUTH.inputs(SandboxDomain.TRIAGE, 20)) {
      lines.add(
          Json.write(
              Map.of(
                  "id", "t" + lines.size(), "input", input, "expected", TRUTH.goldOutput(input))));
    }
    Files.write(folder.resolve("tasks.jsonl"), lines);
    for (int file = 0; file < FILES; file++) {
      Path camp = folder.resolve("camp" + file + ".db");
      try (CampFixture fixture = CampFixture.create(camp, 9)) {
        String session = fixture.session("Tickets", "Sort tickets", null);
        List<String> made = new ArrayList<>();
        for (int i = 0; i < LINEAGES; i++) {
          String lineage = fixture.lineage(session, "ABCDEFGH".substring(i, i + 1));
          fixture.agent(lineage, TRUTH.seedPrompt(SandboxDomain.TRIAGE));
          made.add(lineage);
        }
        lineages.add(made);
      }
      camps.add(camp);
    }
  }

  /** Every tenth run may only be run by a server with the label. */
  private void enqueue(int runs, BridgeDatabase database) {
    Workshop workshop =
        new Workshop(
            BridgeHome.open(folder.resolve("home")),
            database,
            CampGuard.NONE,
            Clock.systemUTC(),
            RunTraces.NONE,
            new InstalledEngines(remark -> {}),
            new InstalledTrainers());
    try (RunQueue queue = workshop.queue(1, Set.of())) {
      for (int i = 0; i < runs; i++) {
        queue.add(
            request(camps.get(i % FILES), lineages.get(i % FILES).get(i / FILES % LINEAGES), i),
            new QueuePlace(0, i % 10 == 0 ? LABEL : null, "run" + i, null));
      }
    }
  }

  private OptimizeRequest request(Path camp, String lineage, long seed) {
    return new OptimizeRequest(
        RequestParts.Subject.of(camp, null, lineage),
        RequestParts.Answering.of(new ModelAccess.Sandbox(7, 20, "careful")),
        new RequestParts.OnTasks(folder.resolve("tasks.jsonl"), false, 0, 4, 0),
        new RequestParts.Searching(
            EngineChoice.JAVA,
            SearchStrategy.RACING,
            new ApoSettings(1, 1, 2, 2, 4, 1.0, 2),
            seed,
            true,
            false,
            PromptRules.NONE),
        new RequestParts.Grading("auto", null),
        null,
        new AgentChoice.Prompt(),
        Limits.NONE,
        RunPolicy.DEFAULT);
  }
}
