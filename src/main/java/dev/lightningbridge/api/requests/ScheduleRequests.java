package dev.lightningbridge.api.requests;

import static java.util.Objects.requireNonNullElse;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.runs.nights.NamedGraders;
import dev.lightningbridge.runs.nights.Schedule;
import dev.lightningbridge.runs.nights.ScheduleParts;
import dev.lightningbridge.runs.nights.WeeklyTimes;
import dev.lightningbridge.runs.request.AskedRun;
import dev.lightningbridge.runs.request.RunError;
import dev.lightningbridge.runs.request.SearchChoice;
import dev.lightningbridge.server.ConfiguredAgents;
import dev.lightningbridge.server.ConfiguredGraders;
import dev.lightningbridge.server.Databases;
import dev.lightningbridge.server.SandboxSwitch;
import dev.lightningbridge.server.ServerSettings;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Makes schedules of what clients ask for. */
@ApplicationScoped
public class ScheduleRequests {
  private final Databases databases;
  private final SandboxSwitch sandbox;
  private final ServerSettings settings;

  ScheduleRequests(Databases databases, SandboxSwitch sandbox, ServerSettings settings) {
    this.databases = databases;
    this.sandbox = sandbox;
    this.settings = settings;
  }

  /**
   * The schedule of this id.
   *
   * @throws BridgeException where a field does nothing, its database is not allowed, or the
   *     simulated model is off
   */
  public Schedule of(String id, NewSchedule asked) {
    boolean simulated = Boolean.TRUE.equals(asked.sandbox());
    NamedGraders graders = ConfiguredGraders.of(settings);
    String grader = choice(asked).usedGrader();
    graders.require(grader);
    new AskedRun(
            AskedRun.Door.SCHEDULE,
            AskedRun.Work.PROMPT,
            choice(asked).usedEngine(),
            graders.asked(grader),
            simulated,
            !simulated,
            true,
            GivenFields.of(asked),
            RunRequests.hasCritic(asked.endpoint()))
        .check();
    if (simulated) {
      sandbox.require();
    }
    ConfiguredAgents.of(settings).of(asked.agent());
    return new Schedule(
        id,
        asked.name(),
        Boolean.TRUE.equals(asked.enabled()),
        new ScheduleParts.Scope(
            databases.resolve(asked.database()),
            asked.sessionId(),
            requireNonNullElse(asked.lineageIds(), List.of()),
            requireNonNullElse(asked.pool(), List.of())),
        new ScheduleParts.When(cron(asked), asked.zone(), requireNonNullElse(asked.newScores(), 1)),
        search(asked),
        new Schedule.Model(
            simulated,
            requireNonNullElse(asked.sandboxSeed(), 0L),
            RunRequests.names(asked.endpoint()),
            RunRequests.aliases(asked.endpoint())),
        new ScheduleParts.Spending(
            RunRequests.limits(asked.runLimits()), RunRequests.limits(asked.nightLimits())),
        Boolean.TRUE.equals(asked.autoPromote()),
        asked.label());
  }

  /** One of both says when. */
  private static String cron(NewSchedule asked) {
    String cron = asked.cron();
    String time = asked.time();
    if ((cron == null) == (time == null) || (cron != null && asked.days() != null)) {
      throw new BridgeException(
          RunError.SCHEDULE_INVALID,
          "it must be said when it is due, in one way",
          "time, days, cron",
          "Give a \"time\" such as 02:30, with \"days\" where not every day is meant, or \"cron\".");
    }
    return cron != null
        ? cron
        : WeeklyTimes.of(requireNonNullElse(time, ""), requireNonNullElse(asked.days(), List.of()))
            .cron();
  }

  private static Schedule.Search search(NewSchedule asked) {
    return Schedule.Search.of(
            choice(asked).settings(),
            new ScheduleParts.Testing(
                Boolean.TRUE.equals(asked.acceptJudge()),
                asked.leastEffect(),
                requireNonNullElse(asked.earlyStop(), true)),
            new ScheduleParts.Prompting(
                Boolean.TRUE.equals(asked.asPlainPrompt()),
                Boolean.TRUE.equals(asked.noDemonstrations())),
            asked.agent())
        .withRules(RunRequests.rules(asked.keep(), asked.maxPromptTokens(), asked.goOnAtZero()));
  }

  private static SearchChoice choice(NewSchedule asked) {
    return new SearchChoice(
        asked.engine(),
        asked.strategy(),
        asked.grader(),
        RunRequests.beam(asked.search()),
        asked.synthesize(),
        asked.seed(),
        null,
        asked.humanNotes());
  }
}
