package dev.lightningbridge.runs.nights;

import dev.lightningbridge.camp.CampDatabase;
import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.corpus.Attempt;
import dev.lightningbridge.corpus.AttemptKind;
import dev.lightningbridge.corpus.Corpus;
import dev.lightningbridge.dataset.split.Inspection;
import dev.lightningbridge.dataset.split.Inspection.LineageView;
import dev.lightningbridge.dataset.split.Inspection.SessionView;
import dev.lightningbridge.dataset.split.SplitPlan;
import dev.lightningbridge.grading.GraderChoice;
import dev.lightningbridge.model.Limits;
import dev.lightningbridge.optimize.ApoSettings;
import dev.lightningbridge.runs.CampGuard;
import dev.lightningbridge.runs.LineageChoice;
import dev.lightningbridge.runs.ledger.SealedInputs;
import dev.lightningbridge.runs.models.CostModel;
import dev.lightningbridge.store.BridgeDatabase;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Looks at a schedule's database and picks the lineages that a night runs. */
public final class NightPicker {
  private final BridgeDatabase database;
  private final CampGuard guard;
  private final Clock clock;

  public NightPicker(BridgeDatabase database, CampGuard guard, Clock clock) {
    this.database = database;
    this.guard = guard;
    this.clock = clock;
  }

  /** A lineage's last run that did not fail. */
  private record LastRun(String id, long startedAt, boolean open) {
    LastRun then(LastRun later) {
      return open && !later.open ? new LastRun(id, later.startedAt, true) : later;
    }
  }

  private record Candidate(NightPlan.Of lineage, NightShares.Need need) {}

  /**
   * Picks: most new scores first.
   *
   * @throws BridgeException where the database cannot be read, or has no such session
   */
  public NightPlan pick(Schedule schedule) {
    Map<String, LastRun> last = lastRuns(schedule.camp());
    List<NightPlan.Left> left = new ArrayList<>();
    List<Candidate> candidates = new ArrayList<>();
    guard.check(schedule.camp());
    try (CampDatabase camp = CampDatabase.open(schedule.camp(), CampDatabase.Options.DEFAULT)) {
      Corpus corpus = camp.corpus();
      if (schedule.scope().sessionId() != null) {
        LineageChoice.requireSession(corpus, schedule.scope().sessionId());
      }
      int validation = schedule.search().validationTasks();
      Inspection seen =
          Inspection.of(
              corpus,
              SplitPlan.DEFAULT.withMaximumValidation(validation),
              new SealedInputs(database, clock).with(0),
              schedule.scope().pool());
      Map<String, Integer> scores = newScores(corpus, schedule.scope().sessionId(), last);
      for (SessionView session : seen.sessions()) {
        if (schedule.scope().sessionId() == null
            || schedule.scope().sessionId().equals(session.id())) {
          for (LineageView lineage : session.lineages()) {
            NightPlan.Of of =
                new NightPlan.Of(
                    session.id(),
                    session.name(),
                    lineage.id(),
                    lineage.label(),
                    scores.getOrDefault(lineage.id(), 0));
            why(schedule, session, lineage, of.newScores(), last.get(lineage.id()))
                .ifPresentOrElse(
                    why -> left.add(new NightPlan.Left(of, why)),
                    () -> candidates.add(new Candidate(of, need(schedule, session))));
          }
        }
      }
    }
    candidates.sort(
        Comparator.comparingInt((Candidate c) -> -c.lineage().newScores())
            .thenComparing(c -> c.lineage().lineageId()));
    return shared(schedule, candidates, left);
  }

  private static NightPlan shared(
      Schedule schedule, List<Candidate> candidates, List<NightPlan.Left> left) {
    List<Limits> limits =
        new NightShares(schedule.spending().nightLimits(), schedule.spending().runLimits())
            .of(candidates.stream().map(Candidate::need).toList());
    List<NightPlan.Pick> picked = new ArrayList<>();
    List<NightPlan.Waiting> waiting = new ArrayList<>();
    for (Candidate candidate : candidates) {
      if (picked.size() < limits.size()) {
        picked.add(new NightPlan.Pick(candidate.lineage(), limits.get(picked.size())));
      } else {
        waiting.add(new NightPlan.Waiting(candidate.lineage(), candidate.need().well()));
      }
    }
    return new NightPlan(List.copyOf(picked), waiting, List.copyOf(left), null);
  }

  /** Why the lineage is left alone; empty where it can be run. */
  private static Optional<String> why(
      Schedule schedule,
      SessionView session,
      LineageView lineage,
      int newScores,
      @Nullable LastRun last) {
    if (lineage.agentVersions().isEmpty()) {
      return Optional.of("it has no agent version to start from");
    }
    if (lineage.locked()) {
      return Optional.of("a person locked it");
    }
    if (!schedule.scope().takes(lineage.id())) {
      return Optional.of("the schedule names other lineages");
    }
    if (lineage.equipment() != null && !schedule.search().prompting().asPlainPrompt()) {
      return Optional.of(
          "it has %s, and the schedule does not optimise prompts without them"
              .formatted(lineage.equipment()));
    }
    if (last != null && last.open()) {
      return Optional.of("run " + last.id() + " of it has not ended");
    }
    if (newScores < schedule.when().newScores()) {
      return Optional.of(
          "it has %d new scores%s, and %d are asked for"
              .formatted(
                  newScores,
                  last == null ? "" : " since run " + last.id(),
                  schedule.when().newScores()));
    }
    if (session.missingTasks() > schedule.search().synthesize()) {
      return Optional.of("%d more distinct inputs are needed".formatted(session.missingTasks()));
    }
    return Optional.empty();
  }

  /** At the least the sealed test's and as many for the search; half of a whole search is well. */
  private static NightShares.Need need(Schedule schedule, SessionView session) {
    boolean judged =
        GraderChoice.find(schedule.search().grader()).filter(GraderChoice::mayBeJudge).isPresent();
    int sealed = session.sealedTasks();
    long test = CostModel.sealedCalls(sealed, judged);
    int validation = schedule.search().validationTasks();
    int train = Math.max(1, session.clusters() - sealed - validation);
    ApoSettings settings = schedule.search().settings();
    long search =
        (judged ? 2L : 1L) * settings.plannedRollouts(train, validation)
            + settings.plannedOptimizerCalls();
    return NightShares.Need.of(
        CostModel.withSpare(2 * test), CostModel.withSpare(test) + search / 2);
  }

  private static Map<String, Integer> newScores(
      Corpus corpus, @Nullable String sessionId, Map<String, LastRun> last) {
    Map<String, Integer> counts = new HashMap<>();
    try (Stream<Attempt> attempts =
        sessionId == null ? corpus.attempts() : corpus.attempts(sessionId)) {
      for (Iterator<Attempt> i = attempts.iterator(); i.hasNext(); ) {
        Attempt attempt = i.next();
        LastRun run = last.get(attempt.lineageId());
        var score = attempt.score();
        if (attempt.kind() == AttemptKind.SCORED
            && score != null
            && (run == null || score.at() > run.startedAt())) {
          counts.merge(attempt.lineageId(), 1, Integer::sum);
        }
      }
    }
    return counts;
  }

  /** By lineage. A failed run has used no score up: the next night may try once more. */
  private Map<String, LastRun> lastRuns(Path camp) {
    Map<String, LastRun> last = new HashMap<>();
    database.reading(
        handle ->
            handle
                .createQuery(
                    """
                    SELECT id, lineage_id, created_at,
                        finished_at IS NULL AND (queued = 1 OR lease_until > :now) AS open
                    FROM runs WHERE camp_path = :camp AND state <> 'failed' ORDER BY created_at, id
                    """)
                .bind("camp", camp.toString())
                .bind("now", clock.millis())
                .reduceRows(
                    last,
                    (byLineage, row) -> {
                      byLineage.merge(
                          row.getColumn("lineage_id", String.class),
                          new LastRun(
                              row.getColumn("id", String.class),
                              row.getColumn("created_at", Long.class),
                              row.getColumn("open", Boolean.class)),
                          LastRun::then);
                      return byLineage;
                    }));
    return last;
  }
}
