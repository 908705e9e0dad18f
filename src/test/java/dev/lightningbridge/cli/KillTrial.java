package dev.lightningbridge.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lightningbridge.demo.SampleDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Kills runs at random moments, resumes them until they end, and holds them against an undisturbed
 * run. The runs are the command line's own, each in a process of its own, with a judge and with
 * auto-promotion, on the sandbox. Each part of a run is as likely to be hit as the others; killed
 * are parent and worker together, or one of them, which must end the other.
 */
final class KillTrial {
  private static final int KILLS_A_RUN = 6;
  private static final int PATIENCE_S = 180;
  private static final List<String> SAME = List.of("/verdict", "/prompt", "/test", "/winner");

  private final Path folder;
  private final String engine;
  private final Random random;
  private final Path sample;
  private final String session;
  private final JsonNode undisturbed;
  private final Map<RunPart, Long> lengths;
  private final long startMs;
  private final long calls;
  private final KillTally tally = new KillTally();
  private int runs;

  KillTrial(Path folder, String engine, long seed) throws Exception {
    this.folder = folder;
    this.engine = engine;
    this.random = new Random(seed);
    this.sample = folder.resolve("sample.db");
    this.session = SampleDatabase.create(sample, 1).sessions().get(0).id();
    RunProcesses run = newRun();
    long begin = System.nanoTime();
    Process process = run.start();
    if (!process.waitFor(PATIENCE_S, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new IllegalStateException("the undisturbed run: " + run.said());
    }
    undisturbed = run.result();
    lengths = run.lengths();
    startMs =
        (System.nanoTime() - begin) / 1_000_000
            - lengths.values().stream().mapToLong(Long::longValue).sum();
    calls = run.finishedCalls();
  }

  /** Goes on until there were so many kills in all. */
  KillTally kill(int times) throws Exception {
    while (tally.kills < times) {
      tally.runs++;
      throughKills(new KilledRun(newRun(), tally));
    }
    return tally;
  }

  private RunProcesses newRun() throws IOException {
    return new RunProcesses(folder.resolve("run-" + runs++), sample, session, engine);
  }

  private void throughKills(KilledRun killed) throws Exception {
    RunProcesses run = killed.run;
    for (int kill = 0; kill < KILLS_A_RUN; kill++) {
      Process process = run.start();
      RunPart part = RunPart.values()[random.nextInt(RunPart.ENDED.ordinal())];
      boolean alive = run.reach(part, process, PATIENCE_S) && waited(process, part);
      if (alive) {
        alive = killed(killed, process);
        killed.look();
      }
      if (!alive && process.exitValue() == 0) {
        judge(killed);
        return;
      }
    }
    Process last = run.start();
    if (!last.waitFor(PATIENCE_S, TimeUnit.SECONDS)) {
      last.descendants().forEach(ProcessHandle::destroyForcibly);
      last.destroyForcibly().waitFor();
    }
    judge(killed);
  }

  /** Waits for as long as the part may take; whether the process still runs then. */
  private boolean waited(Process process, RunPart part) throws InterruptedException {
    long length = lengths.getOrDefault(part, 0L) + (part == RunPart.BEGINNING ? startMs : 0);
    return !process.waitFor(random.nextLong(length + 50), TimeUnit.MILLISECONDS);
  }

  /** Whether the run was broken off: it may have got to its end without its worker. */
  private boolean killed(KilledRun killed, Process process) throws Exception {
    List<ProcessHandle> workers = process.descendants().toList();
    int way = random.nextInt(4);
    killed.noteWhere();
    tally.kills++;
    if (way == 0 && !workers.isEmpty()) {
      tally.workerAlone++;
      workers.forEach(ProcessHandle::destroyForcibly);
      if (!process.waitFor(PATIENCE_S, TimeUnit.SECONDS)) {
        tally.remarks.add("does not end without its worker: " + killed.run.said());
        tally.lostRuns++;
        process.destroyForcibly().waitFor();
        return true;
      }
      return process.exitValue() != 0;
    }
    if (way == 1) {
      tally.parentAlone += workers.isEmpty() ? 0 : 1;
      process.destroyForcibly().waitFor();
      for (ProcessHandle worker : workers) {
        if (!ended(worker)) {
          tally.workersLeft++;
          worker.destroyForcibly();
        }
      }
      return true;
    }
    workers.forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().waitFor();
    return true;
  }

  private static boolean ended(ProcessHandle process) throws Exception {
    try {
      process.onExit().get(5, TimeUnit.SECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    }
  }

  private void judge(KilledRun killed) throws Exception {
    RunProcesses run = killed.run;
    JsonNode result = run.result();
    if (result.isNull() || !Files.exists(Path.of(result.path("report").asText()))) {
      tally.lostRuns++;
      tally.remarks.add(run.said());
      return;
    }
    for (String member : SAME) {
      if (!result.at(member).equals(undisturbed.at(member))) {
        tally.differentVerdicts++;
        tally.remarks.add(
            "%s %s: %s, undisturbed %s"
                .formatted(run, member, result.at(member), undisturbed.at(member)));
        break;
      }
    }
    killed.look();
    if (run.finishedCalls() > calls) {
      tally.callsTooMany += (int) (run.finishedCalls() - calls);
      tally.remarks.add("%s: %d calls, undisturbed %d".formatted(run, run.finishedCalls(), calls));
    }
    judgePromotion(run, result.at("/baseline/lineageId").asText());
  }

  private void judgePromotion(RunProcesses run, String lineage) throws SQLException {
    String versions =
        "SELECT count(*) FROM agent_definitions WHERE lineage_id = '%s'".formatted(lineage);
    long made = run.inCamp(versions) - RunProcesses.number(sample, versions);
    if (made > 1) {
      tally.doublePromotions++;
    } else if (made < 1
        || run.inBridge("SELECT count(*) FROM promotions WHERE state = 'written'") != 1) {
      tally.lostRuns++;
      tally.remarks.add(run + ": its promotion is missing");
    }
  }
}
