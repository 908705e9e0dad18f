package dev.lightningbridge.demo;

import static dev.lightningbridge.camp.Inserts.ordered;

import dev.lightningbridge.model.sandbox.SandboxTruth;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Plays a session as a person would: edit the input, run the agents, score what they say, now and
 * then have them evolved, lock the best.
 */
final class SessionPlay {
  private static final int ROUND_OF_ADDED_LINEAGES = 4;
  private static final int ROUNDS_A_DAY = 16;
  private static final long HOUR_MS = 3_600_000L;

  private final SamplePlan plan;
  private final SamplePlan.SessionPlan session;
  private final CampApp app;
  private final String id;
  private final CampPerson person;
  private final AgentPlay agents;
  private final ReviewPlay reviews;
  private final PlayTime time;
  private final List<String> inputs;
  private final List<SampleLineage> lineages = new ArrayList<>();
  private final List<Object> trainerMessages = new ArrayList<>();

  SessionPlay(
      SamplePlan plan,
      SamplePlan.SessionPlan session,
      CampApp app,
      SampleAgents sandbox,
      SandboxTruth truth,
      SplittableRandom random,
      long begin) {
    this.plan = plan;
    this.session = session;
    this.app = app;
    this.id = app.newId();
    this.time = new PlayTime(begin, random);
    this.person = new CampPerson(app, id);
    this.agents = new AgentPlay(plan, session, id, app, sandbox, random, time);
    this.reviews =
        new ReviewPlay(person, new Reviewer(truth, session.severity(), plan, random), time);
    this.inputs = truth.inputs(session.domain(), session.inputs());
  }

  SampleDatabase.SampleSession play() throws SQLException {
    app.session(id, session, inputs.get(0), time.now());
    for (int round = 1; round <= session.rounds(); round++) {
      List<AgentPlay.Run> runs = round(round, input(round));
      time.passes(1_000, 3_000);
      for (AgentPlay.Run run : runs) {
        agents.finish(run);
      }
      for (AgentPlay.Run run : runs) {
        reviews.review(run);
      }
      lockOrUnlock(round);
      if (round % ROUNDS_A_DAY == 0) {
        talkWithTheTrainer(round);
        time.passes(14 * HOUR_MS, 16 * HOUR_MS);
      }
    }
    app.leaveSession(id, input(session.rounds()), trainerMessages, time.now());
    return new SampleDatabase.SampleSession(
        id,
        session.name(),
        session.domain(),
        lineages.size(),
        agents.versions(),
        inputs.size(),
        agents.attempts(),
        reviews.scored(),
        agents.failed(),
        agents.analysed());
  }

  private String input(int round) {
    return inputs.get((round - 1) % inputs.size());
  }

  private List<AgentPlay.Run> round(int round, String input) throws SQLException {
    List<AgentPlay.Run> runs = new ArrayList<>();
    if (round > 1 && round % session.evolveEvery() == 0) {
      int cycle = lineages.stream().mapToInt(l -> l.cycle).max().orElse(0) + 1;
      for (SampleLineage lineage : unlocked()) {
        agents.analyse(lineage, input);
      }
      for (SampleLineage lineage : unlocked()) {
        runs.add(agents.evolve(lineage, input, cycle));
      }
    } else {
      for (SampleLineage lineage : unlocked()) {
        runs.add(agents.again(lineage, input));
      }
    }
    int wanted =
        round == 1
            ? session.initialAgents()
            : round == ROUND_OF_ADDED_LINEAGES ? session.guidelines().size() : 0;
    while (lineages.size() < wanted) {
      AgentPlay.Run first = agents.add(lineages.size(), input);
      lineages.add(first.lineage());
      runs.add(first);
    }
    return runs;
  }

  private List<SampleLineage> unlocked() {
    return lineages.stream().filter(l -> !l.locked).toList();
  }

  private void lockOrUnlock(int round) throws SQLException {
    if (round == session.locked().from()) {
      person.lock(best(), lineages, time.now());
    }
    if (round == session.locked().until()) {
      for (SampleLineage lineage : lineages) {
        if (lineage.locked) {
          person.unlock(lineage, time.now());
        }
      }
    }
  }

  /** The unlocked lineage whose latest output has the best score. */
  private SampleLineage best() {
    return unlocked().stream().max(Comparator.comparingInt(SessionPlay::latestScore)).orElseThrow();
  }

  private static int latestScore(SampleLineage lineage) {
    return lineage.latest == null || lineage.latest.score() == null ? 0 : lineage.latest.score();
  }

  private void talkWithTheTrainer(int round) {
    SampleLineage lineage = best();
    trainerMessages.add(
        ordered(
            "id",
            "m-" + round + "-u",
            "role",
            "user",
            "content",
            plan.grading(),
            "timestamp",
            time.now()));
    trainerMessages.add(
        ordered(
            "id", "m-" + round + "-a",
            "role", "assistant",
            "content", "Agent " + lineage.label + " does best.",
            "timestamp", time.now() + 900,
            "actions",
                List.of(
                    ordered(
                        "kind",
                        "set_grade",
                        "lineageId",
                        lineage.id,
                        "agentLabel",
                        lineage.label,
                        "grade",
                        Math.max(1, latestScore(lineage))))));
  }
}
