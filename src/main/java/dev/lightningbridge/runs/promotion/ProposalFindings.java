package dev.lightningbridge.runs.promotion;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.findings.Finding;
import dev.lightningbridge.findings.FindingText;
import dev.lightningbridge.findings.TestOutput;
import dev.lightningbridge.findings.WinnerCheck;
import dev.lightningbridge.runs.CampGuard;
import dev.lightningbridge.runs.EvidenceStore;
import dev.lightningbridge.runs.RunPlan;
import dev.lightningbridge.runs.RunStore;
import dev.lightningbridge.runs.StoredRun;
import dev.lightningbridge.runs.models.MeansOfSearch;
import dev.lightningbridge.runs.promotion.ProposalStore.Proposal;
import dev.lightningbridge.runs.request.OptimizeRequest;
import dev.lightningbridge.runs.request.RunError;
import dev.lightningbridge.store.BridgeDatabase;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What is suspicious in proposals: looked at once, kept, and asked for before one is promoted. A
 * proposal that was made by a release that did not look is looked at when it is first asked about.
 */
public final class ProposalFindings {
  private final FindingStore store;
  private final EvidenceStore evidence;
  private final RunStore runs;
  private final CampGuard guard;
  private final Clock clock;

  public ProposalFindings(BridgeDatabase database, RunStore runs, CampGuard guard, Clock clock) {
    this.store = new FindingStore(database);
    this.evidence = new EvidenceStore(database);
    this.runs = runs;
    this.guard = guard;
    this.clock = clock;
  }

  /**
   * The proposal's findings, by place.
   *
   * @throws BridgeException where it was not looked at yet, and its database cannot be read
   */
  public List<Finding> of(Proposal proposal) {
    return store
        .of(proposal.id())
        .orElseGet(
            () -> store.keep(proposal.id(), looked(runs.get(proposal.runId()), proposal.prompt())));
  }

  /**
   * What is suspicious in a prompt that a run found best and that is not proposed. Nothing is kept.
   * Empty also where the run's database cannot be read.
   */
  public List<Finding> ofHeld(String runId, String prompt) {
    try {
      return looked(runs.get(runId), prompt);
    } catch (BridgeException e) {
      return List.of();
    }
  }

  /** As {@link #of}; empty where it was not looked at yet, and its database cannot be read. */
  public Optional<List<Finding>> seen(Proposal proposal) {
    try {
      return Optional.of(of(proposal));
    } catch (BridgeException e) {
      return Optional.empty();
    }
  }

  /** The ids of the findings that a person accepted. */
  public Set<String> accepted(Proposal proposal) {
    return store.accepted(proposal.id());
  }

  /**
   * Lets only those through whose every finding is accepted, and notes that it was.
   *
   * @param accepted ids of findings
   * @throws BridgeException where one is not accepted, or an id is none of its findings'
   */
  void require(Proposal proposal, Set<String> accepted) {
    List<Finding> findings = of(proposal);
    Set<String> unknown = new TreeSet<>(accepted);
    findings.forEach(finding -> unknown.remove(finding.id()));
    if (!unknown.isEmpty()) {
      throw new BridgeException(
          RunError.FINDING_UNKNOWN,
          "the proposal has no finding " + String.join(", ", unknown),
          proposal.id(),
          findings.isEmpty() ? "It has none; promote it without." : accept(proposal, findings));
    }
    List<Finding> open =
        findings.stream().filter(finding -> !accepted.contains(finding.id())).toList();
    if (!open.isEmpty()) {
      throw new BridgeException(
          RunError.FINDINGS_NOT_ACCEPTED,
          open.stream()
              .map(FindingText::line)
              .collect(
                  Collectors.joining(
                      "\n  ",
                      "%d of its findings %s not accepted:\n  "
                          .formatted(open.size(), open.size() == 1 ? "is" : "are"),
                      "")),
          proposal.id(),
          accept(proposal, findings));
    }
    if (!findings.isEmpty()) {
      store.accept(proposal.id(), accepted, clock.millis());
    }
  }

  private static String accept(Proposal proposal, List<Finding> findings) {
    return "Read them in the prompt: `runs show %s` says more of each. Where you accept all: `promote %s%s`; by REST: acceptFindings."
        .formatted(proposal.runId(), proposal.id(), FindingText.acceptance(findings));
  }

  private List<Finding> looked(StoredRun run, String prompt) {
    Path camp = Path.of(run.campPath());
    guard.check(camp);
    Optional<RunPlan> plan = runs.plan(run.id());
    List<Task> tasks = plan.map(RunPlan::tasks).orElse(List.of());
    List<String> sessions = plan.map(RunPlan::sessions).orElse(List.of(run.sessionId()));
    List<TestOutput> outputs =
        evidence.of(run.id()).stream()
            .map(
                task ->
                    new TestOutput(task.taskId(), task.baseline().output(), task.winner().output()))
            .toList();
    return WinnerCheck.of(
        run.baselinePrompt(),
        prompt,
        outputs,
        new RunSources(camp, sessions, tasks, run.sandbox()),
        drawn(run, prompt));
  }

  /** Where the run's own search put examples. */
  private List<Finding.Place> drawn(StoredRun run, String prompt) {
    OptimizeRequest request = Json.read(run.requestJson(), OptimizeRequest.class);
    return runs.plan(run.id()).stream()
        .flatMap(plan -> MeansOfSearch.demonstrations(request, plan).placesIn(prompt).stream())
        .map(place -> new Finding.Place(Finding.Place.In.PROMPT, place.start(), place.end()))
        .toList();
  }
}
