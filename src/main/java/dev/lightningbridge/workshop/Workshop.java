package dev.lightningbridge.workshop;

import dev.lightningbridge.runs.CampGuard;
import dev.lightningbridge.runs.EvidenceStore;
import dev.lightningbridge.runs.RunList;
import dev.lightningbridge.runs.RunStore;
import dev.lightningbridge.runs.RunTotals;
import dev.lightningbridge.runs.ending.ModelStore;
import dev.lightningbridge.runs.ending.RunReports;
import dev.lightningbridge.runs.ending.RunTraces;
import dev.lightningbridge.runs.judging.JudgeReview;
import dev.lightningbridge.runs.judging.JudgeStore;
import dev.lightningbridge.runs.ledger.SealedInputs;
import dev.lightningbridge.runs.ledger.SyntheticTasks;
import dev.lightningbridge.runs.ledger.TestOpenings;
import dev.lightningbridge.runs.nights.ConfiguredModel;
import dev.lightningbridge.runs.nights.NightPicker;
import dev.lightningbridge.runs.nights.NightStore;
import dev.lightningbridge.runs.nights.NightWatch;
import dev.lightningbridge.runs.nights.Nights;
import dev.lightningbridge.runs.nights.Schedules;
import dev.lightningbridge.runs.people.PeopleStore;
import dev.lightningbridge.runs.people.PeopleTests;
import dev.lightningbridge.runs.people.Scoring;
import dev.lightningbridge.runs.promotion.Promotions;
import dev.lightningbridge.runs.promotion.ProposalFindings;
import dev.lightningbridge.runs.promotion.ProposalList;
import dev.lightningbridge.runs.promotion.ProposalStore;
import dev.lightningbridge.runs.training.Trainers;
import dev.lightningbridge.runs.work.Engines;
import dev.lightningbridge.runs.work.Optimization;
import dev.lightningbridge.runs.work.RunDoor;
import dev.lightningbridge.runs.work.RunQueue;
import dev.lightningbridge.store.BridgeDatabase;
import dev.lightningbridge.store.BridgeHome;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** What works on runs, put together around one home folder; closed it lets go of bridge.db. */
public final class Workshop implements AutoCloseable {
  private final BridgeHome home;
  private final CampGuard guard;
  private final Clock clock;
  private final BridgeDatabase database;
  private final RunStore runs;
  private final ProposalStore proposals;
  private final ProposalFindings findings;
  private final Promotions promotions;
  private final PeopleTests people;
  private final Optimization optimization;
  private final JudgeReview judgeReview;
  private final SyntheticTasks syntheticTasks;
  private final NightStore nightStore;
  private final Schedules schedules;
  private final Nights nights;

  /**
   * Works on the runs of this database, which it closes; reports and backups are in the folder.
   *
   * @param guard asked before each use of a Training Camp database that was named earlier
   * @param traces told of the runs that are made here
   */
  public Workshop(
      BridgeHome home,
      BridgeDatabase database,
      CampGuard guard,
      Clock clock,
      RunTraces traces,
      Engines engines,
      Trainers trainers) {
    this.home = home;
    this.guard = guard;
    this.clock = clock;
    this.database = database;
    Path reports = home.folder().resolve("reports");
    runs = new RunStore(database, clock);
    proposals = new ProposalStore(database, clock);
    findings = new ProposalFindings(database, runs, guard, clock);
    promotions = new Promotions(proposals, runs, findings, guard, clock);
    people =
        new PeopleTests(
            new PeopleStore(database, clock),
            runs,
            proposals,
            findings,
            new EvidenceStore(database),
            new TestOpenings(database, clock),
            clock);
    optimization =
        new Optimization(
            database,
            runs,
            proposals,
            promotions,
            findings,
            new RunReports(reports, runs, clock),
            people,
            engines,
            trainers,
            home.folder().resolve("training"),
            guard,
            traces,
            clock);
    syntheticTasks = new SyntheticTasks(database, clock);
    judgeReview = new JudgeReview(database, reports, clock);
    nightStore = new NightStore(database, clock);
    schedules = new Schedules(database, nightStore, clock);
    nights = new Nights(nightStore, runs);
  }

  /**
   * Opens the home folder.
   *
   * @param remarks told what was decided on the way, a sentence each
   */
  public static Workshop open(Path home, Clock clock, Consumer<String> remarks) {
    BridgeHome folder = BridgeHome.open(home);
    return new Workshop(
        folder,
        BridgeDatabase.open(folder),
        CampGuard.NONE,
        clock,
        RunTraces.NONE,
        new InstalledEngines(remarks),
        new InstalledTrainers());
  }

  public BridgeHome home() {
    return home;
  }

  public BridgeDatabase database() {
    return database;
  }

  public RunStore runs() {
    return runs;
  }

  /** The runs page by page. */
  public RunList list() {
    return new RunList(database);
  }

  /** What all runs came to; reads all of bridge.db's calls. */
  public RunTotals totals() {
    return RunTotals.of(database);
  }

  /** The proposals page by page. */
  public ProposalList proposalList() {
    return new ProposalList(database);
  }

  /** What verdicts rest on, task by task. */
  public EvidenceStore evidence() {
    return new EvidenceStore(database);
  }

  /** The models that runs have trained. */
  public ModelStore models() {
    return new ModelStore(database);
  }

  public ProposalStore proposals() {
    return proposals;
  }

  /** What is suspicious in proposals. */
  public ProposalFindings findings() {
    return findings;
  }

  /** Judges that were compared with people's scores. */
  public JudgeStore judges() {
    return new JudgeStore(database);
  }

  /** People's scores of outputs. */
  public Scoring scoring() {
    return new Scoring(judges(), guard, clock);
  }

  /** Sealed tests that people decide. */
  public PeopleTests people() {
    return people;
  }

  /** What runs have sealed. */
  public SealedInputs sealedInputs() {
    return new SealedInputs(database, clock);
  }

  public SyntheticTasks syntheticTasks() {
    return syntheticTasks;
  }

  public Promotions promotions() {
    return promotions;
  }

  public Optimization optimization() {
    return optimization;
  }

  public JudgeReview judgeReview() {
    return judgeReview;
  }

  public Schedules schedules() {
    return schedules;
  }

  public Nights nights() {
    return nights;
  }

  /**
   * Begins the schedules' nights and takes them forward, each time that it is told to.
   *
   * @param models asked for before each run
   */
  public NightWatch nightWatch(RunQueue queue, Supplier<ConfiguredModel> models) {
    NightPicker picker = new NightPicker(database, guard, clock);
    return new NightWatch(schedules, nightStore, nights, picker, queue, models, clock);
  }

  /**
   * A queue of this home's runs, not started yet.
   *
   * @param parallel runs at a time; {@code labels} of those that may run here
   */
  public RunQueue queue(int parallel, Set<String> labels) {
    return new RunQueue(database, optimization, parallel, labels, clock);
  }

  /** Where runs of this queue are asked for. */
  public RunDoor door(RunQueue queue) {
    return new RunDoor(queue, optimization);
  }

  @Override
  public void close() {
    database.close();
  }
}
