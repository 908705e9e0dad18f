package dev.lightningbridge.runs.people;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.optimize.verdict.PeopleWords;
import dev.lightningbridge.optimize.verdict.Verdict;
import dev.lightningbridge.runs.EvidenceStore;
import dev.lightningbridge.runs.RunState;
import dev.lightningbridge.runs.RunStore;
import dev.lightningbridge.runs.StoredRun;
import dev.lightningbridge.runs.TaskEvidence;
import dev.lightningbridge.runs.ending.RunParts;
import dev.lightningbridge.runs.ending.RunResult;
import dev.lightningbridge.runs.ledger.TestOpening;
import dev.lightningbridge.runs.ledger.TestOpenings;
import dev.lightningbridge.runs.people.PeopleStore.StoredPair;
import dev.lightningbridge.runs.people.PeopleStore.StoredTest;
import dev.lightningbridge.runs.promotion.ProposalFindings;
import dev.lightningbridge.runs.promotion.ProposalStore;
import dev.lightningbridge.runs.promotion.ProposalStore.Proposal;
import dev.lightningbridge.runs.request.RunError;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * People as the grader of a sealed test that a run has carried out: they choose between the two
 * outputs of each task, blind, and their choices give the verdict. The test waits in bridge.db; no
 * process does.
 *
 * <p>What is compared, in which order and on which sides is drawn once, by the run's seed. How many
 * pairs there are is fixed before the first is shown, and the verdict comes after the last: nobody
 * sees how the choices stand, so nobody can stop where they stand well.
 */
public final class PeopleTests {
  /** So many pairs a person can compare in one sitting. */
  public static final int MOST = 40;

  private final PeopleStore store;
  private final RunStore runs;
  private final ProposalStore proposals;
  private final ProposalFindings findings;
  private final EvidenceStore evidence;
  private final TestOpenings openings;
  private final Clock clock;

  public PeopleTests(
      PeopleStore store,
      RunStore runs,
      ProposalStore proposals,
      ProposalFindings findings,
      EvidenceStore evidence,
      TestOpenings openings,
      Clock clock) {
    this.store = store;
    this.runs = runs;
    this.proposals = proposals;
    this.findings = findings;
    this.evidence = evidence;
    this.openings = openings;
    this.clock = clock;
  }

  /** The runs that wait for people. */
  public List<String> open() {
    return store.open();
  }

  /** The run's test; empty where people were not asked. */
  public Optional<PeopleStatus> status(String runId) {
    return store.of(runId).map(this::status);
  }

  private PeopleStatus status(StoredTest test) {
    List<StoredPair> pairs = store.pairs(test.runId());
    return new PeopleStatus(
        test.runId(),
        test.state(),
        (int) pairs.stream().filter(pair -> pair.choice() != null).count(),
        pairs.size(),
        PeopleWords.beforehand(pairs.size(), test.level()));
  }

  /**
   * What people can do about the run's verdict.
   *
   * @throws BridgeException where there is no such run
   */
  public PeopleOffer offer(String runId) {
    StoredRun run = runs.get(runId);
    if (store.of(runId).filter(test -> test.state().equals("decided")).isPresent()
        || proposals.proposalOf(runId).isPresent()) {
      return PeopleOffer.none("it was decided before");
    }
    return PeopleOffer.of(run, TestedOutputs.of(evidence, runId), level(runId));
  }

  private double level(String runId) {
    return openings.of(runId).map(TestOpening::level).orElse(Verdict.LEVEL);
  }

  /**
   * Begins a test of the run, or says where the one that waits is.
   *
   * @param most pairs at the most
   * @throws BridgeException where people cannot decide the run
   */
  public PeopleStatus begin(String runId, int most) {
    Optional<StoredTest> before = store.of(runId).filter(StoredTest::isOpen);
    if (before.isPresent()) {
      return status(before.get());
    }
    PeopleOffer offer = offer(runId);
    if (offer.whyNot() != null) {
      throw new BridgeException(
          RunError.NOT_FOR_PEOPLE,
          "people cannot decide this run: " + offer.whyNot(),
          runId,
          "Start a run with --grader people.");
    }
    StoredRun run = runs.get(runId);
    double level = level(runId);
    TestedOutputs outputs = TestedOutputs.of(evidence, runId);
    DrawnPairs drawn = DrawnPairs.of(outputs, most, level, run.seed() ^ runId.hashCode());
    store.begin(
        new StoredTest(runId, "open", level, outputs.same(), drawn.judged(), clock.millis()),
        drawn.pairs());
    return status(runId).orElseThrow();
  }

  /** Begins a test of a run that has just ended, where that can show anything. */
  public void beginIfPossible(String runId) {
    if (offer(runId).whyNot() == null) {
      begin(runId, MOST);
    }
  }

  /** The pair to be compared next; empty where all have a choice, or nothing waits. */
  public Optional<OutputPair> next(String runId) {
    if (store.of(runId).filter(StoredTest::isOpen).isEmpty()) {
      return Optional.empty();
    }
    List<StoredPair> pairs = store.pairs(runId);
    return pairs.stream()
        .filter(pair -> pair.choice() == null)
        .findFirst()
        .map(
            pair -> {
              TaskEvidence task = TestedOutputs.of(evidence, runId).task(pair.taskId());
              String now = task.baseline().output();
              String proposed = task.winner().output();
              return new OutputPair(
                  pair.place(),
                  pairs.size(),
                  task.input(),
                  pair.newLeft() ? proposed : now,
                  pair.newLeft() ? now : proposed);
            });
  }

  /**
   * Keeps a choice.
   *
   * @throws BridgeException where the pair has one already, or nothing waits
   */
  public void choose(String runId, int place, PairSide side) {
    if (!store.choose(runId, place, side.label())) {
      throw notWaiting(runId, "the pair has a choice already, or the run waits for none");
    }
  }

  /**
   * Takes the last choice back.
   *
   * @throws BridgeException where there is none
   */
  public void undo(String runId) {
    if (!store.undo(runId)) {
      throw notWaiting(runId, "there is no choice to take back");
    }
  }

  /**
   * Gives the test up; the run stays held.
   *
   * @throws BridgeException where nothing waits
   */
  public void leave(String runId) {
    if (!store.leave(runId)) {
      throw notWaiting(runId, "the run does not wait for people");
    }
  }

  private static BridgeException notWaiting(String runId, String what) {
    return new BridgeException(
        RunError.NOT_WAITING, what, runId, "See the run's page, or `runs show " + runId + "`.");
  }

  /**
   * Gives the verdict that the choices come to, and makes a proposal where it is PROMOTE.
   *
   * @throws BridgeException where a pair waits for its choice still, or nothing waits
   */
  public RunResult decide(String runId) {
    StoredTest test =
        store
            .of(runId)
            .filter(StoredTest::isOpen)
            .orElseThrow(() -> notWaiting(runId, "the run does not wait for people"));
    List<StoredPair> pairs = store.pairs(runId);
    if (pairs.stream().anyMatch(pair -> pair.choice() == null)) {
      throw notWaiting(runId, "not all pairs have a choice yet");
    }
    StoredRun run = runs.get(runId);
    RunResult before = Json.read(String.valueOf(run.resultJson()), RunResult.class);
    Verdict verdict =
        PeopleVerdict.of(test, pairs, TestedOutputs.of(evidence, runId), run.seed(), before.test());
    boolean promote = verdict.decision() == Verdict.Decision.PROMOTE;
    RunResult result =
        before.withDecision(
            promote ? RunState.WAITING_FOR_APPROVAL : RunState.HELD,
            new RunParts.Decided(verdict.decision(), verdict.sentence(), verdict.remarks()));
    if (promote) {
      Proposal proposal =
          proposals.propose(
              runId,
              result.baseline().lineageId(),
              result.baseline().agentVersionId(),
              result.prompt(),
              null,
              Json.write(verdict));
      result = result.withProposal(proposal.id(), findings.seen(proposal).orElse(List.of()));
    }
    if (!store.decide(runId, result.state(), Json.write(result))) {
      throw notWaiting(runId, "somebody else has decided it just now");
    }
    return result;
  }
}
