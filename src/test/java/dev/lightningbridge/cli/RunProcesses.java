package dev.lightningbridge.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lightningbridge.common.Json;
import java.io.IOException;
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
import java.util.concurrent.TimeUnit;

/**
 * A run of the command line, in processes of its own, with a home and a copy of a database of its
 * own: with a judge and auto-promotion, on the sandbox.
 */
final class RunProcesses {
  private final Path place;
  private final Path camp;
  private final Path home;
  private final String session;
  private final String engine;
  private long eventsBefore;

  /** Of a call; long where something shall happen to the run while it lasts. */
  int latencyMs = 5;

  RunProcesses(Path place, Path sample, String session, String engine) throws IOException {
    this(place, place.resolve("home"), place.resolve("camp.db"), session, engine);
    Files.createDirectories(place);
    Files.copy(sample, camp);
  }

  RunProcesses(Path place, Path home, Path camp, String session, String engine) {
    this.place = place;
    this.home = home;
    this.camp = camp;
    this.session = session;
    this.engine = engine;
  }

  Path camp() {
    return camp;
  }

  Path bridge() {
    return home.resolve("bridge.db");
  }

  /** Starts the run, or resumes it where it was begun. */
  Process start() throws Exception {
    String runId = runId();
    eventsBefore = runId == null ? 0 : inBridge("SELECT coalesce(max(sequence), 0) FROM events");
    return command(runId == null ? optimize() : List.of("runs", "resume", runId));
  }

  /** Starts a command with the run's home. */
  Process command(List<String> words) throws IOException {
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
    command.addAll(words);
    command.addAll(List.of("--home", home.toString(), "--json"));
    return new ProcessBuilder(command)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(place.resolve("out").toFile()))
        .redirectError(ProcessBuilder.Redirect.appendTo(place.resolve("err").toFile()))
        .start();
  }

  private List<String> optimize() {
    List<String> command = new ArrayList<>(List.of("optimize", "--db", camp.toString()));
    command.addAll(List.of("--session", session, "--engine", engine));
    command.addAll(
        List.of("--sandbox", "--sandbox-seed", "1", "--latency-ms", Integer.toString(latencyMs)));
    command.addAll(List.of("--rounds", "2", "--branch-factor", "2", "--validation-tasks", "8"));
    command.add("--auto-promote");
    // Which calls are under way where a test ends early is a matter of time: all are to be
    // compared.
    command.add("--no-early-stop");
    return command;
  }

  /** Waits until the process has come to this part, or past it; whether it still runs then. */
  boolean reach(RunPart part, Process process, int patienceS) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(patienceS);
    while (part != RunPart.BEGINNING && System.nanoTime() < end) {
      if (process.waitFor(10, TimeUnit.MILLISECONDS)) {
        return false;
      }
      if (runId() != null && part().compareTo(part) >= 0) {
        break;
      }
    }
    return process.isAlive();
  }

  RunPart part() throws SQLException {
    try (Connection connection = open(bridge())) {
      return RunPart.of(connection, eventsBefore);
    }
  }

  Map<RunPart, Long> lengths() throws SQLException {
    try (Connection connection = open(bridge())) {
      return RunPart.lengths(connection);
    }
  }

  long finishedCalls() throws SQLException {
    return inBridge("SELECT count(*) FROM calls WHERE state = 'done'");
  }

  /** The run's result; JSON's null where it has not ended with one. */
  JsonNode result() throws Exception {
    if (runId() == null) {
      return Json.mapper().nullNode();
    }
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

  String state() throws SQLException {
    try (Connection connection = open(bridge());
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT state FROM runs")) {
      return row.next() ? row.getString(1) : "none";
    }
  }

  String runId() throws SQLException {
    if (!Files.exists(bridge())) {
      return null;
    }
    try (Connection connection = open(bridge());
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT id FROM runs")) {
      return row.next() ? row.getString(1) : null;
    } catch (SQLException e) {
      // A first process makes the tables one after the other.
      if (e.getMessage().contains("no such table") || e.getMessage().contains("locked")) {
        return null;
      }
      throw e;
    }
  }

  long inBridge(String sql) throws SQLException {
    return number(bridge(), sql);
  }

  long inCamp(String sql) throws SQLException {
    return number(camp, sql);
  }

  String said() throws IOException {
    List<String> lines = Files.readAllLines(place.resolve("err"));
    return this
        + ": "
        + String.join(" | ", lines.subList(Math.max(0, lines.size() - 8), lines.size()));
  }

  @Override
  public String toString() {
    return place.toString();
  }

  static long number(Path file, String sql) throws SQLException {
    try (Connection connection = open(file);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  static boolean whole(Path file) throws SQLException {
    try (Connection connection = open(file);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("PRAGMA integrity_check")) {
      return row.next() && row.getString(1).equals("ok");
    }
  }

  static Connection open(Path file) throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + file);
  }
}
