package dev.lightningbridge.capture;

import dev.lightningbridge.camp.writing.CaptureReader;
import dev.lightningbridge.capture.recording.CaptureError;
import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.runs.RunStore;
import dev.lightningbridge.runs.promotion.ProposalList;
import dev.lightningbridge.runs.promotion.ProposalStore.Proposal;
import dev.lightningbridge.workshop.Workshop;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
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
    List<CaptureReader.Version> versions = versions(name, lineage);
    CaptureReader.Version production = production(name, versions);
    if (version != null) {
      return versions.stream()
          .filter(v -> v.number() == version)
          .findFirst()
          .map(v -> served(name, v, v.equals(production)))
          .orElseThrow(() -> none("it has no version " + version, name));
    }
    return label.equals(ServedPrompt.CANDIDATE)
        ? waiting(name, production.lineageId())
            .map(proposal -> candidate(name, production, proposal))
            .orElseThrow(() -> none("no candidate of it waits for approval", name))
        : served(name, production, true);
  }

  /** The versions of each lineage, by number; none where none of its calls was recorded. */
  Collection<List<CaptureReader.Version>> lineages(String name) {
    return agents.reader(agents.get(name).captured()).versions().stream()
        .collect(
            Collectors.groupingBy(
                CaptureReader.Version::lineageId, LinkedHashMap::new, Collectors.toList()))
        .values();
  }

  /**
   * The versions of the lineage, by number.
   *
   * @param lineage its label; empty for the first
   * @throws BridgeException where there is none
   */
  List<CaptureReader.Version> versions(String name, String lineage) {
    return lineages(name).stream()
        .filter(versions -> lineage.isEmpty() || versions.get(0).lineage().equals(lineage))
        .findFirst()
        .orElseThrow(
            () -> none("no call of it was recorded so far, so that no prompt is known", name));
  }

  /** The version in use: what somebody made the agent last. */
  static CaptureReader.Version production(String name, List<CaptureReader.Version> versions) {
    return versions.stream()
        .filter(CaptureReader.Version::decided)
        .reduce((a, b) -> b)
        .orElseThrow(() -> none("none of its versions was made its agent", name));
  }

  /** The lineage's proposal that waits for approval. */
  Optional<Proposal> waiting(String name, String lineageId) {
    String database = agents.database(agents.get(name).captured()).toString();
    return proposals.page("waiting", null, MOST_WAITING).stream()
        .filter(p -> p.lineageId().equals(lineageId))
        .filter(p -> runs.get(p.runId()).campPath().equals(database))
        .findFirst();
  }

  /** The proposal's prompt, which waits to take the place of the one in production. */
  ServedPrompt candidate(String name, CaptureReader.Version production, Proposal proposal) {
    String model = proposal.model();
    return new ServedPrompt(
        name,
        production.lineageId(),
        production.lineage(),
        ServedPrompt.CANDIDATE,
        null,
        null,
        proposal.id(),
        model == null ? production.model() : model,
        proposal.prompt());
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

  private static BridgeException none(String what, String agent) {
    return new BridgeException(
        CaptureError.NO_SUCH_PROMPT,
        what,
        agent,
        "Ask for label=production once it has been called.");
  }
}
