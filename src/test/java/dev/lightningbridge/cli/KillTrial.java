package dev.lightningbridge.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.demo.SampleDatabase;
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
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * Kills runs at random moments, parent and worker, resumes them until they end, and holds them
 * against an undisturbed run. The runs are the command line's own, each in a process of its own,
 * with auto-promotion, on the sandbox.
 */
final class KillTrial {
  private static final int KILLS_A_RUN = 6;
  private static final int PATIENCE_S = 180;

  private final Path folder;
  private final String engine;
  private final Random random;
  private final Path sample;
  private final String session;
  private final JsonNode undisturbed;
  private final long undisturbedMs;
  private final Tally tally = new Tally();
  private int runs;

  /** What was counted; all but the first two must be 0. */
  static final class Tally {
    int kills;
    int runs;
    int lostRuns;
    int repeatedCalls;
    int brokenDatabases;
    int doublePromotions;
    int differentVerdicts;
    final List<String> remarks = new ArrayList<>();

    @Override
    public String toString() {
      return ("%d kills, %d runs: lost runs %d, repeated finished calls %d, broken databases %d,"
              + " double promotions %d, different verdicts %d %s")
          .formatted(
              kills,
              runs,
              lostRuns,
              repeatedCalls,
              brokenDatabases,
              doublePromotions,
              differentVerdicts,
              remarks);
    }
  }

  KillTrial(Path folder, String engine, long seed) throws Exception {
    this.folder = folder;
    this.engine = engine;
    this.random = new Random(seed);
    this.sample = folder.resolve("sample.db");
    this.session = SampleDatabase.create(sample, 1).sessions().get(0).id();
    Run run = new Run();
    long start = System.nanoTime();
    Process process = run.start();
    if (!process.waitFor(PATIENCE_S, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new IllegalStateException("the undisturbed run: " + run.said());
    }
    undisturbedMs = (System.nanoTime() - start) / 1_000_000;
    undisturbed = run.result();
  }

  /** Kills at least so many times. */
  Tally kill(int times) throws Exception {
    while (tally.kills < times) {
      tally.runs++;
      new Run().throughKills();
    }
    return tally;
  }

  /** One run with its own home and its own copy of the database. */
  private final class Run {
    private final Path place = folder.resolve("run-" + runs++);
    private final Path camp = place.resolve("camp.db");
    private final Path home = place.resolve("home");
    private final Map<String, Long> finishedCalls = new HashMap<>();

    Run() throws IOException {
      Files.createDirectories(place);
      Files.copy(sample, camp);
    }

    void throughKills() throws Exception {
      for (int kill = 0; ; kill++) {
        Process process = start();
        boolean ended;
        if (kill < KILLS_A_RUN) {
          ended = process.waitFor(50 + random.nextLong(undisturbedMs), TimeUnit.MILLISECONDS);
          if (!ended) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
            tally.kills++;
            lookAtDatabases();
          }
        } else {
          ended = process.waitFor(PATIENCE_S, TimeUnit.SECONDS);
          if (!ended) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
          }
        }
        if (ended || kill >= KILLS_A_RUN) {
          judge(ended && process.exitValue() == 0);
          return;
        }
      }
    }

    /** Starts the run, or resumes it where it was begun. */
    Process start() throws Exception {
      String runId = runId();
      List<String> command =
          new ArrayList<>(
              List.of(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "--enable-native-access=ALL-UNNAMED",
                  "-XX:TieredStopAtLevel=1",
                  "-XX:+UseSerialGC",
                  "-cp",
                  System.getProperty("java.class.path"),
                  Main.class.getName()));
      command.addAll(
          runId == null
              ? List.of(
                  "optimize",
                  "--db",
                  camp.toString(),
                  "--session",
                  session,
                  "--engine",
                  engine,
                  "--sandbox",
                  "--sandbox-seed",
                  "1",
                  "--latency-ms",
                  "5",
                  "--rounds",
                  "2",
                  "--branch-factor",
                  "2",
                  "--validation-tasks",
                  "8",
                  "--auto-promote")
              : List.of("runs", "resume", runId));
      command.addAll(List.of("--home", home.toString(), "--json"));
      return new ProcessBuilder(command)
          .redirectOutput(ProcessBuilder.Redirect.appendTo(place.resolve("out").toFile()))
          .redirectError(ProcessBuilder.Redirect.appendTo(place.resolve("err").toFile()))
          .start();
    }

    private void judge(boolean endedWell) throws Exception {
      JsonNode result = endedWell || runId() != null ? result() : Json.mapper().nullNode();
      if (result.isNull()) {
        tally.lostRuns++;
        tally.remarks.add(said());
        return;
      }
      for (String member : List.of("/verdict", "/prompt", "/test", "/winner")) {
        if (!result.at(member).equals(undisturbed.at(member))) {
          tally.differentVerdicts++;
          tally.remarks.add(
              "%s %s: %s, undisturbed %s"
                  .formatted(place, member, result.at(member), undisturbed.at(member)));
          break;
        }
      }
      lookAtDatabases();
      if (number(camp, versionsOf(result)) != number(sample, versionsOf(result)) + 1) {
        tally.doublePromotions++;
      }
    }

    private String versionsOf(JsonNode result) {
      return "SELECT count(*) FROM agent_definitions WHERE lineage_id = '%s'"
          .formatted(result.at("/baseline/lineageId").asText());
    }

    /** Both are whole, and no call that was finished before has changed. */
    private void lookAtDatabases() throws SQLException {
      for (Path file : List.of(camp, bridge())) {
        if (Files.exists(file) && !whole(file)) {
          tally.brokenDatabases++;
          tally.remarks.add("broken: " + file);
        }
      }
      if (runId() == null) {
        return;
      }
      try (Connection connection = open(bridge());
          Statement statement = connection.createStatement();
          ResultSet rows =
              statement.executeQuery(
                  "SELECT request_hash || '/' || ordinal, done_at FROM calls WHERE state = 'done'")) {
        while (rows.next()) {
          Long before = finishedCalls.put(rows.getString(1), rows.getLong(2));
          if (before != null && before != rows.getLong(2)) {
            tally.repeatedCalls++;
          }
        }
      }
    }

    JsonNode result() throws Exception {
      try (Connection connection = open(bridge());
          Statement statement = connection.createStatement();
          ResultSet row =
              statement.executeQuery(
                  "SELECT result_json FROM runs WHERE finished_at IS NOT NULL AND state <> 'failed'")) {
        return row.next() && row.getString(1) != null
            ? Json.mapper().readTree(row.getString(1))
            : Json.mapper().nullNode();
      }
    }

    private String runId() throws SQLException {
      if (!Files.exists(bridge())) {
        return null;
      }
      try (Connection connection = open(bridge());
          Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery("SELECT id FROM runs")) {
        return row.next() ? row.getString(1) : null;
      } catch (SQLException e) {
        if (String.valueOf(e.getMessage()).contains("no such table")) {
          return null;
        }
        throw e;
      }
    }

    private Path bridge() {
      return home.resolve("bridge.db");
    }

    String said() throws IOException {
      List<String> lines = Files.readAllLines(place.resolve("err"));
      return place
          + ": "
          + String.join(" | ", lines.subList(Math.max(0, lines.size() - 8), lines.size()));
    }
  }

  private static boolean whole(Path file) throws SQLException {
    try (Connection connection = open(file);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("PRAGMA integrity_check")) {
      return row.next() && row.getString(1).equals("ok");
    }
  }

  private static long number(Path file, String sql) throws SQLException {
    try (Connection connection = open(file);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  private static Connection open(Path file) throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + file);
  }
}
