package dev.lightningbridge.capture;

import dev.lightningbridge.camp.writing.CaptureReader;
import dev.lightningbridge.camp.writing.CaptureReader.Use;
import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.runs.RunStore;
import dev.lightningbridge.runs.StoredRun;
import dev.lightningbridge.server.Databases;
import dev.lightningbridge.workshop.Workshop;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How far each captured agent has come: called, scored, optimised, and in use since. */
@ApplicationScoped
public class AgentLoops {
  private static final Duration DAY = Duration.ofDays(1);
  private static final int RUNS_LOOKED_AT = 200;

  private final CapturedAgents agents;
  private final ServedPrompts prompts;
  private final Trials trials;
  private final RunStore runs;
  private final Clock clock;

  AgentLoops(
      CapturedAgents agents, ServedPrompts prompts, Trials trials, Workshop workshop, Clock clock) {
    this.agents = agents;
    this.prompts = prompts;
    this.trials = trials;
    this.runs = workshop.runs();
    this.clock = clock;
  }

  /**
   * An agent.
   *
   * @param databaseId null where its database is in no folder that the server may use
   * @param lineages empty until its first call
   * @param unrecorded calls since the server's start that were not recorded, by what such calls
   *     are, in words
   * @param failure why it cannot be read; null where it can
   */
  public record AgentLoop(
      String agent,
      @Nullable String databaseId,
      List<LineageLoop> lineages,
      Map<String, Long> unrecorded,
      @Nullable String failure) {}

  /**
   * One of its lineages.
   *
   * @param prompts with how many prompts the calls were made
   * @param today calls of the last 24 hours
   * @param inUse the versions that were made its agent, the first first; the last is in use
   * @param lastRun the run that was started last; null where there was none
   * @param trial how the candidate does that a share is given, in words; null where none is
   */
  public record LineageLoop(
      String id,
      String label,
      long calls,
      long prompts,
      long today,
      long scored,
      List<InUse> inUse,
      @Nullable StoredRun lastRun,
      @Nullable String trial) {}

  /**
   * A version that was in use.
   *
   * @param since in milliseconds since the epoch
   * @param scored of its calls, those with a score
   * @param meanScore 1 to 10; null where none has one
   */
  public record InUse(int version, long since, long scored, @Nullable Double meanScore) {}

  /** All agents, by name. */
  public List<AgentLoop> all() {
    List<StoredRun> newest = agents.all().isEmpty() ? List.of() : runs.newest(RUNS_LOOKED_AT);
    return agents.all().stream().map(agent -> of(agent, newest)).toList();
  }

  private AgentLoop of(CapturedAgents.Agent agent, List<StoredRun> newest) {
    String name = agent.captured().name();
    Path file = agents.findDatabase(agent.captured()).orElse(null);
    if (file == null) {
      return new AgentLoop(
          name, null, List.of(), Map.of(), "Its database is in no folder that the server may use.");
    }
    String id = Databases.id(file);
    try {
      long since = clock.millis() - DAY.toMillis();
      Map<String, Use> use = agents.reader(agent.captured()).use(since);
      List<Trials.Trial> tried = trials.of(agent);
      String path = file.toString();
      List<StoredRun> own = newest.stream().filter(r -> r.campPath().equals(path)).toList();
      return new AgentLoop(
          name,
          id,
          prompts.lineages(name).stream().map(v -> lineage(name, v, use, tried, own)).toList(),
          unrecorded(agent),
          null);
    } catch (BridgeException e) {
      return new AgentLoop(name, id, List.of(), Map.of(), e.what());
    }
  }

  private Map<String, Long> unrecorded(CapturedAgents.Agent agent) {
    Map<String, Long> unrecorded = new LinkedHashMap<>();
    agents
        .tally(agent.captured())
        .unrecorded()
        .forEach((why, count) -> unrecorded.put(why.inWords(), count));
    return unrecorded;
  }

  private static LineageLoop lineage(
      String agent,
      List<CaptureReader.Version> versions,
      Map<String, Use> use,
      List<Trials.Trial> tried,
      List<StoredRun> ownRuns) {
    String id = versions.getFirst().lineageId();
    List<Use> uses = versions.stream().map(v -> use.getOrDefault(v.id(), Use.NONE)).toList();
    Optional<StoredRun> run = ownRuns.stream().filter(r -> id.equals(r.lineageId())).findFirst();
    return new LineageLoop(
        id,
        versions.getFirst().lineage(),
        uses.stream().mapToLong(Use::calls).sum(),
        uses.stream().filter(u -> u.calls() > 0).count(),
        uses.stream().mapToLong(Use::recent).sum(),
        uses.stream().mapToLong(Use::scored).sum(),
        versions.stream()
            .filter(CaptureReader.Version::decided)
            .map(v -> inUse(v, use.getOrDefault(v.id(), Use.NONE)))
            .toList(),
        run.orElse(null),
        tried.stream()
            .filter(t -> t.proposal().lineageId().equals(id))
            .map(t -> Trials.words(agent, t.standing()))
            .findFirst()
            .orElse(null));
  }

  private static InUse inUse(CaptureReader.Version version, Use use) {
    return new InUse(version.number(), version.madeAt(), use.scored(), use.meanScore());
  }
}
