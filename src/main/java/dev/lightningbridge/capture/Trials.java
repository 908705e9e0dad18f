package dev.lightningbridge.capture;

import dev.lightningbridge.camp.writing.CaptureReader;
import dev.lightningbridge.common.Figures;
import dev.lightningbridge.common.Sha256;
import dev.lightningbridge.optimize.RunEvent;
import dev.lightningbridge.optimize.verdict.InUseComparison;
import dev.lightningbridge.optimize.verdict.InUseComparison.Scored;
import dev.lightningbridge.optimize.verdict.InUseComparison.Standing;
import dev.lightningbridge.runs.RunLog;
import dev.lightningbridge.runs.RunStore;
import dev.lightningbridge.runs.promotion.Promotions;
import dev.lightningbridge.runs.promotion.ProposalFindings;
import dev.lightningbridge.runs.promotion.ProposalStore.Proposal;
import dev.lightningbridge.workshop.Workshop;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/**
 * Gives a share of those who ask for an agent's prompt the candidate that waits for approval,
 * compares the scores of the calls made with it with those of the prompt in use, and takes it back
 * where it does worse. It promotes nothing: that is a person's, or a schedule's.
 */
@ApplicationScoped
class Trials {
  private static final System.Logger LOG = System.getLogger(Trials.class.getName());

  private final CapturedAgents agents;
  private final ServedPrompts prompts;
  private final Promotions promotions;
  private final ProposalFindings findings;
  private final RunStore runs;

  Trials(CapturedAgents agents, ServedPrompts prompts, Workshop workshop) {
    this.agents = agents;
    this.prompts = prompts;
    this.promotions = workshop.promotions();
    this.findings = workshop.findings();
    this.runs = workshop.runs();
  }

  /** A candidate that a share is given. */
  record Trial(Proposal proposal, Standing standing) {}

  /**
   * The candidate, where this one is to be given it: the same for one key as long as the candidate
   * waits.
   *
   * @param key names who asks, such as a user or a conversation
   */
  Optional<ServedPrompt> candidateFor(String agent, String lineage, String key) {
    double share = agents.get(agent).candidateShare();
    if (share == 0) {
      return Optional.empty();
    }
    CaptureReader.Version inUse = ServedPrompts.production(agent, prompts.versions(agent, lineage));
    return candidate(agent, inUse.lineageId())
        .filter(proposal -> part(proposal.id(), key) < share)
        .map(proposal -> prompts.candidate(agent, inUse, proposal));
  }

  /** The one that a share is given: nobody is given what was simulated, or has open findings. */
  private Optional<Proposal> candidate(String agent, String lineageId) {
    return prompts
        .waiting(agent, lineageId)
        .filter(proposal -> proposal.model() == null)
        .filter(proposal -> !runs.get(proposal.runId()).sandbox())
        .filter(proposal -> findings.of(proposal).isEmpty());
  }

  /** 0 to 1, drawn by the key. */
  private static double part(String proposal, String key) {
    return Long.parseLong(Sha256.hex(proposal + "\n" + key).substring(0, 8), 16) / 0x1p32;
  }

  /** How the candidates of an agent stand, by lineage. */
  List<Trial> of(CapturedAgents.Agent agent) {
    String name = agent.captured().name();
    return agent.candidateShare() == 0
        ? List.of()
        : prompts.lineages(name).stream()
            .flatMap(
                versions ->
                    candidate(name, versions.get(0).lineageId())
                        .map(proposal -> trial(agent, versions, proposal))
                        .stream())
            .toList();
  }

  private Trial trial(
      CapturedAgents.Agent agent, List<CaptureReader.Version> versions, Proposal proposal) {
    CaptureReader.Version inUse = ServedPrompts.production(agent.captured().name(), versions);
    String stored = agent.captured().masks().masked(proposal.prompt());
    List<Scored> scores =
        agents.reader(agent.captured()).scored(inUse.lineageId(), proposal.createdAt()).stream()
            .flatMap(
                call ->
                    versions.stream()
                        .filter(v -> v.id().equals(call.versionId()))
                        .filter(v -> v.equals(inUse) || v.prompt().equals(stored))
                        .map(v -> new Scored(!v.equals(inUse), (call.score() - 1) / 9.0)))
            .toList();
    return new Trial(proposal, InUseComparison.of(scores));
  }

  @Scheduled(every = "30s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
  synchronized void look() {
    for (CapturedAgents.Agent agent : agents.all()) {
      try {
        of(agent).forEach(trial -> decide(agent.captured().name(), trial));
      } catch (RuntimeException e) {
        LOG.log(System.Logger.Level.WARNING, agent.captured().name() + ": it is tried again", e);
      }
    }
  }

  private void decide(String agent, Trial trial) {
    Standing standing = trial.standing();
    if (standing.state() == InUseComparison.State.OPEN) {
      return;
    }
    String words = words(agent, standing);
    String run = trial.proposal().runId();
    boolean told =
        runs.log().events(run).stream()
            .map(RunLog.StoredEvent::event)
            .anyMatch(event -> event instanceof RunEvent.Note note && note.text().equals(words));
    if (told) {
      return;
    }
    if (standing.state() == InUseComparison.State.WORSE) {
      promotions.reject(trial.proposal().id(), words);
    }
    runs.log().append(run, new RunEvent.Note("info", words));
    LOG.log(System.Logger.Level.INFO, "proposal {0}: {1}", trial.proposal().id(), words);
  }

  static String words(String agent, Standing standing) {
    String what =
        switch (standing.state()) {
          case OPEN -> "not decided so far";
          case WORSE -> "taken back, since it does worse";
          case BETTER -> "does better; it waits for approval";
          case UNDECIDED -> "not told apart from the prompt in use; it waits for approval";
        };
    return "In use by %s: %s. The mean of the scores, as rewards, differs by %s over %s pairs."
        .formatted(
            agent, what, Figures.signed(standing.difference()), Figures.count(standing.pairs()));
  }
}
