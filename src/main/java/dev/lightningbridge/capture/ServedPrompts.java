package dev.lightningbridge.capture;

import dev.lightningbridge.camp.writing.CaptureReader;
import dev.lightningbridge.capture.recording.CaptureError;
import dev.lightningbridge.capture.recording.CapturedAgent;
import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.runs.RunStore;
import dev.lightningbridge.runs.promotion.ProposalList;
import dev.lightningbridge.runs.promotion.ProposalStore.Proposal;
import dev.lightningbridge.workshop.Workshop;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the prompts that applications are to use: those of their databases, as they stand now. */
@ApplicationScoped
class ServedPrompts {
  private static final int MOST_WAITING = 1_000;

  private final CapturedAgents agents;
  private final ProposalList proposals;
  private final RunStore runs;

  ServedPrompts(CapturedAgents agents, Workshop workshop) {
    this.agents = agents;
    this.proposals = workshop.proposalList();
    this.runs = workshop.runs();
  }

  /**
   * The prompt.
   *
   * @param lineage its label; empty for the first
   * @param version its number; null for the one that the label means
   * @throws BridgeException where there is none
   */
  ServedPrompt find(String name, String lineage, @Nullable Integer version, String label) {
    CapturedAgent agent = agents.get(name);
    List<CaptureReader.Version> all =
        agents.reader(agent).versions().stream()
            .filter(v -> lineage.isEmpty() || v.lineage().equals(lineage))
            .toList();
    if (all.isEmpty()) {
      throw none("no call of it was recorded so far, so that no prompt is known", name);
    }
    List<CaptureReader.Version> versions =
        all.stream().filter(v -> v.lineageId().equals(all.get(0).lineageId())).toList();
    CaptureReader.Version production =
        versions.stream()
            .filter(CaptureReader.Version::decided)
            .reduce((a, b) -> b)
            .orElseThrow(() -> none("none of its versions was made its agent", name));
    if (version != null) {
      return versions.stream()
          .filter(v -> v.number() == version)
          .findFirst()
          .map(v -> served(name, v, v.equals(production)))
          .orElseThrow(() -> none("it has no version " + version, name));
    }
    return label.equals(ServedPrompt.CANDIDATE)
        ? candidate(agent, production)
        : served(name, production, true);
  }

  private static ServedPrompt served(
      String name, CaptureReader.Version version, boolean production) {
    return new ServedPrompt(
        name,
        version.lineageId(),
        version.lineage(),
        production ? ServedPrompt.PRODUCTION : null,
        version.number(),
        version.id(),
        null,
        version.model(),
        version.prompt());
  }

  private ServedPrompt candidate(CapturedAgent agent, CaptureReader.Version production) {
    String database = agents.database(agent).toString();
    Proposal proposal =
        proposals.page("waiting", null, MOST_WAITING).stream()
            .filter(p -> p.lineageId().equals(production.lineageId()))
            .filter(p -> runs.get(p.runId()).campPath().equals(database))
            .findFirst()
            .orElseThrow(() -> none("no candidate of it waits for approval", agent.name()));
    String model = proposal.model();
    return new ServedPrompt(
        agent.name(),
        production.lineageId(),
        production.lineage(),
        ServedPrompt.CANDIDATE,
        null,
        null,
        proposal.id(),
        model == null ? production.model() : model,
        proposal.prompt());
  }

  private static BridgeException none(String what, String agent) {
    return new BridgeException(
        CaptureError.NO_SUCH_PROMPT,
        what,
        agent,
        "Ask for label=production once it has been called.");
  }
}
