package dev.lightningbridge.camp;

import dev.lightningbridge.camp.files.CampError;
import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.ControlText;
import dev.lightningbridge.corpus.AgentVersion;
import dev.lightningbridge.corpus.PromotionRequest;
import dev.lightningbridge.corpus.RollbackRequest;
import dev.lightningbridge.corpus.Written;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * The only thing that writes Training Camp databases: a new version of a lineage's agent, in one
 * transaction, of new rows only, after an integrity check and a backup beside the file. Of a dump a
 * new one is written and the given one stays as it is. Each call opens the file anew.
 */
public final class AgentVersionWriter {
  private static final String PROMOTION = "promotion";
  private static final String ROLLBACK = "rollback";

  private final Path file;
  private final WriteTransaction transaction;

  private AgentVersionWriter(Path file, Clock clock, Supplier<UUID> ids) {
    this.file = file;
    this.transaction = new WriteTransaction(file, clock, ids);
  }

  /** A writer of the database; nothing is opened yet. */
  public static AgentVersionWriter open(Path file, Clock clock, Supplier<UUID> ids) {
    return new AgentVersionWriter(file, clock, ids);
  }

  /**
   * Writes the new prompt, or model, as the lineage's next agent version.
   *
   * @throws BridgeException where the database is not the run's, the agent has moved on, the
   *     lineage is locked, the run was written before, or the file cannot be written; then nothing
   *     was
   */
  public Written promote(PromotionRequest request) {
    if (request.prompt().isBlank()) {
      throw new IllegalArgumentException("an agent needs a prompt");
    }
    return transaction.run(
        request.dump(),
        target -> {
          target.requireNew(request.runId(), PROMOTION);
          List<AgentVersion> versions =
              target.versions(
                  request.sessionId(),
                  request.lineageId(),
                  request.baselineId(),
                  request.allowLocked());
          AgentVersion baseline = find(versions, request.baselineId(), target);
          if (!baseline.systemPrompt().equals(request.baselinePrompt())) {
            throw target.movedOn("the prompt of " + baseline.id() + " was changed in place");
          }
          if (ControlText.isIn(request.prompt(), baseline.systemPrompt())) {
            throw new BridgeException(
                CampError.CONTROL_CHARACTERS,
                "the new prompt has control characters, which the current one has not",
                "run " + request.runId(),
                "Start another run: since this version none finds such a prompt.");
          }
          return new EvolutionRows.Evolution(
              request.runId(),
              PROMOTION,
              request.sessionId(),
              next(versions),
              baseline,
              baseline,
              request.prompt(),
              request.model(),
              request.hypothesis(),
              request.reason(),
              target.triggerScore(baseline.lineageId()));
        });
  }

  /**
   * Writes the baseline once more, with its prompt and parameters, as the lineage's next agent
   * version.
   *
   * @throws BridgeException as {@link #promote}
   */
  public Written rollback(RollbackRequest request) {
    return transaction.run(
        request.dump(),
        target -> {
          target.requireNew(request.runId(), ROLLBACK);
          List<AgentVersion> versions =
              target.versions(
                  request.sessionId(),
                  request.lineageId(),
                  request.promotedId(),
                  request.allowLocked());
          AgentVersion baseline = find(versions, request.baselineId(), target);
          return new EvolutionRows.Evolution(
              request.runId(),
              ROLLBACK,
              request.sessionId(),
              next(versions),
              find(versions, request.promotedId(), target),
              baseline,
              baseline.systemPrompt(),
              null,
              "Version %d serves better after all".formatted(baseline.number()),
              request.reason(),
              target.triggerScore(baseline.lineageId()));
        });
  }

  /** What the run's promotion wrote, if it did: after a crash, the file itself knows. */
  public Optional<Written> promotionOf(String runId) {
    return find(runId, PROMOTION);
  }

  /** What the rollback of the run's promotion wrote, if it did. */
  public Optional<Written> rollbackOf(String runId) {
    return find(runId, ROLLBACK);
  }

  private Optional<Written> find(String runId, String action) {
    try (CampDatabase database = CampDatabase.open(file, CampDatabase.Options.DEFAULT)) {
      return database.writings().find(runId, action);
    }
  }

  private static AgentVersion find(List<AgentVersion> versions, String id, WriteTarget target) {
    return versions.stream()
        .filter(v -> v.id().equals(id))
        .findFirst()
        .orElseThrow(() -> target.movedOn("agent version " + id + " is gone"));
  }

  /** The number of a new version. */
  private static int next(List<AgentVersion> versions) {
    return 1 + versions.getLast().number();
  }
}
