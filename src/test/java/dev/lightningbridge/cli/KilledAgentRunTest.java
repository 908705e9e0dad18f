package dev.lightningbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lightningbridge.camp.CampFixture;
import dev.lightningbridge.common.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A run whose agent is a program survives SIGKILL. */
@Timeout(240)
class KilledAgentRunTest {
  private static final int TASKS = 24;
  private static final int EARLY = 4;

  @TempDir Path folder;
  private String session = "";

  @Test
  void noRolloutThatWasFinishedBeforeTheKillIsPlayedAgain() throws Exception {
    RunProcesses run = aRun();
    Process first = run.command(optimize(run));
    while (first.isAlive() && finished(run).size() < EARLY) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
    first.destroyForcibly().waitFor();
    List<String> before = finished(run);
    assertThat(before).as(run.said()).hasSizeGreaterThanOrEqualTo(EARLY);
    assertThat(run.result().isNull()).as("killed before its end").isTrue();

    Process second = run.start();
    assertThat(second.waitFor()).as(run.said()).isZero();

    List<String> after = finished(run);
    assertThat(after).containsAll(before);
    assertThat(startedBy(second)).isPositive().isEqualTo(after.size() - before.size());
    assertThat(run.result().path("verdict").asText()).isNotEmpty();
  }

  private RunProcesses aRun() throws IOException {
    Path camp = folder.resolve("sample.db");
    try (CampFixture fixture = CampFixture.create(camp, 9)) {
      session = fixture.session("Tickets", "Sort tickets", null);
      fixture.agent(fixture.lineage(session, "A"), "Sort the ticket.");
      return new RunProcesses(folder.resolve("run"), camp, session, "java");
    }
  }

  /** Its agent notes for which process it was started. */
  private List<String> optimize(RunProcesses run) throws IOException {
    Path agent =
        Files.writeString(
            folder.resolve("agent.sh"), "echo >> %s/started.$PPID; cat; sleep 1".formatted(folder));
    List<String> lines = new ArrayList<>();
    for (int task = 0; task < TASKS; task++) {
      lines.add(Json.write(Map.of("input", "Ticket " + task, "expected", "Ticket " + task % 20)));
    }
    Path tasks = Files.write(folder.resolve("tasks.jsonl"), lines);
    List<String> words = new ArrayList<>(List.of("optimize", "--db", run.camp().toString()));
    words.addAll(
        List.of(
            "--session",
            session,
            "--engine=java",
            "--sandbox",
            "--sandbox-seed=1",
            "--no-early-stop"));
    words.addAll(List.of("--rounds=1", "--beam-width=1", "--branch-factor=1"));
    words.addAll(List.of("--tasks", tasks.toString(), "--grader=exact"));
    words.addAll(List.of("--agent-command", "sh " + agent));
    return words;
  }

  private long startedBy(Process process) throws IOException {
    Path notes = folder.resolve("started." + process.pid());
    return Files.exists(notes) ? Files.readAllLines(notes).size() : 0;
  }

  /** Each by its name and its end. */
  private static List<String> finished(RunProcesses run) throws SQLException {
    List<String> all = new ArrayList<>();
    if (run.runId() == null) {
      return all;
    }
    try (Connection connection = RunProcesses.open(run.bridge());
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT rollout_hash || ordinal || ' ' || done_at FROM agent_rollouts")) {
      while (rows.next()) {
        all.add(rows.getString(1));
      }
    }
    return all;
  }
}
