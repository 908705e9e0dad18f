package dev.lightningbridge.dataset.split;

import dev.lightningbridge.common.Skipped;
import dev.lightningbridge.corpus.AgentVersion;
import dev.lightningbridge.corpus.Attempt;
import dev.lightningbridge.corpus.AttemptKind;
import dev.lightningbridge.corpus.Corpus;
import dev.lightningbridge.corpus.Lineage;
import dev.lightningbridge.corpus.Session;
import dev.lightningbridge.dataset.Equipment;
import dev.lightningbridge.dataset.Pool;
import dev.lightningbridge.dataset.PooledSession;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a database holds for an optimiser, and whether that is enough. Serialised as it is.
 *
 * @param skippedRows rows left out or repaired, counted by code
 * @param skipped the same rows, one by one
 */
public record Inspection(
    int schemaVersion,
    List<SessionView> sessions,
    Map<String, Long> skippedRows,
    List<Skipped> skipped) {

  /**
   * A session.
   *
   * @param tasks its distinct inputs, captured and provided
   * @param answered so many of them have the output that is wanted
   * @param clusters so many are left where near duplicates count once
   * @param missingTasks how many more a sealed verdict needs, near duplicates of none
   * @param sealedTasks about how many clusters a run would seal for its verdict; 0 where there are
   *     too few
   * @param bestLineageId of the lineages that can be optimised the one with the best mean score;
   *     null where there is none
   * @param pooled whose inputs are counted in here too; empty unless that was asked for
   */
  public record SessionView(
      String id,
      String name,
      String need,
      int tasks,
      int answered,
      int clusters,
      int minimumTasks,
      int missingTasks,
      int sealedTasks,
      @Nullable String bestLineageId,
      List<LineageView> lineages,
      List<PooledSession> pooled) {}

  /**
   * A lineage.
   *
   * @param attempts by kind: scored, unscored, analysis, failed
   * @param equipment what its newest agent version has beside its prompt, in words, which a run
   *     leaves out; null where there is nothing
   * @param meanScore of the current scores, 1 to 10; null where there is none
   * @param choices by which people preferred an output of it
   * @param reasons why it cannot be optimised; empty where it can
   */
  public record LineageView(
      String id,
      String label,
      boolean locked,
      List<VersionView> agentVersions,
      @Nullable String equipment,
      Map<String, Long> attempts,
      @Nullable Double meanScore,
      ChoiceCounts choices,
      boolean optimisable,
      List<String> reasons) {}

  /** An agent version. */
  public record VersionView(String id, int number, String name) {}

  /** Reads the whole corpus once, needing memory for its distinct inputs only. */
  public static Inspection of(Corpus corpus, SplitPlan plan) {
    return of(corpus, plan, Seals.none(0));
  }

  /** The same, with what runs have sealed before. */
  public static Inspection of(Corpus corpus, SplitPlan plan, Seals seals) {
    return of(corpus, plan, seals, List.of());
  }

  /**
   * The same; each session with the inputs of those that a run of it would pool.
   *
   * @param pool as {@link Pool#of} takes it
   */
  public static Inspection of(Corpus corpus, SplitPlan plan, Seals seals, List<String> pool) {
    Map<String, Tally> byLineage = new HashMap<>();
    Map<String, SessionInputs> inputs = new HashMap<>();
    corpus
        .sessions()
        .forEach(session -> inputs.put(session.id(), SessionInputs.provided(corpus, session)));
    ChoiceTally choices = ChoiceTally.of(corpus);
    try (Stream<Attempt> attempts = corpus.attempts()) {
      for (Iterator<Attempt> i = attempts.iterator(); i.hasNext(); ) {
        Attempt a = i.next();
        byLineage.computeIfAbsent(a.lineageId(), l -> new Tally()).add(a);
        choices.add(a);
        inputs.computeIfAbsent(a.sessionId(), s -> new SessionInputs()).add(a);
      }
    }
    List<SessionView> sessions = new ArrayList<>();
    for (Session session : corpus.sessions()) {
      SessionInputs own = inputs.getOrDefault(session.id(), new SessionInputs());
      Seal seal = seals.of(session.id());
      List<PooledSession> pooled = new ArrayList<>();
      List<Session> others = Pool.of(corpus, session, pool);
      SessionInputs all = others.isEmpty() ? own : own.copy();
      for (Session other : others) {
        seal = seal.besides(seals.of(other.id()));
        pooled.add(all.pool(corpus, other, inputs.getOrDefault(other.id(), new SessionInputs())));
      }
      Splitter tasks = Splitter.of(all.wordings(), seal);
      sessions.add(view(session, corpus, byLineage, choices, tasks, all.answered(), plan, pooled));
    }
    return new Inspection(
        corpus.schemaVersion(),
        sessions,
        corpus.skipped().stream()
            .collect(Collectors.groupingBy(Skipped::code, TreeMap::new, Collectors.counting())),
        List.copyOf(corpus.skipped()));
  }

  private static SessionView view(
      Session session,
      Corpus corpus,
      Map<String, Tally> byLineage,
      ChoiceTally choices,
      Splitter tasks,
      int answered,
      SplitPlan plan,
      List<PooledSession> pooled) {
    int missing = tasks.missing(plan);
    List<LineageView> lineages =
        corpus.lineages().stream()
            .filter(l -> l.sessionId().equals(session.id()))
            .map(
                l ->
                    view(
                        l,
                        corpus,
                        byLineage.getOrDefault(l.id(), new Tally()),
                        choices.of(l.id()),
                        missing))
            .toList();
    String best =
        lineages.stream()
            .filter(l -> l.optimisable() && l.meanScore() != null)
            .max(Comparator.comparing(LineageView::meanScore))
            .map(LineageView::id)
            .orElse(null);
    return new SessionView(
        session.id(),
        session.name(),
        session.need(),
        tasks.inputs(),
        answered,
        tasks.clusters(),
        plan.minimumTasks(),
        missing,
        tasks
            .assign(plan)
            .map(assignment -> assignment.sizes().getOrDefault(Splitter.Part.TEST, 0))
            .orElse(0),
        best,
        lineages,
        pooled);
  }

  private static LineageView view(
      Lineage lineage, Corpus corpus, Tally tally, ChoiceCounts choices, int missing) {
    List<AgentVersion> versions = corpus.agentVersions(lineage.id());
    List<String> reasons = new ArrayList<>();
    if (versions.isEmpty()) {
      reasons.add("it has no agent version to start from");
    }
    if (lineage.locked()) {
      reasons.add("it is locked; name it with --lineage to optimise it all the same");
    }
    Equipment equipment =
        corpus.currentAgent(lineage.id()).map(Equipment::of).orElse(Equipment.NONE);
    if (!equipment.isNone()) {
      reasons.add(
          "it has %s, which a run leaves out; give --as-plain-prompt to optimise its prompt all the same"
              .formatted(equipment.inWords()));
    }
    if (missing > 0) {
      reasons.add(
          "%d more distinct inputs are needed; give them with --tasks, or have them written with --synthesize"
              .formatted(missing));
    }
    return new LineageView(
        lineage.id(),
        lineage.label(),
        lineage.locked(),
        versions.stream().map(v -> new VersionView(v.id(), v.number(), v.name())).toList(),
        equipment.isNone() ? null : equipment.inWords(),
        tally.counts(),
        tally.mean(),
        choices,
        reasons.isEmpty(),
        List.copyOf(reasons));
  }

  /** The attempts of one lineage. */
  private static final class Tally {
    private final Map<AttemptKind, Long> kinds = new EnumMap<>(AttemptKind.class);
    private long sum;

    void add(Attempt attempt) {
      kinds.merge(attempt.kind(), 1L, Long::sum);
      if (attempt.kind() == AttemptKind.SCORED && attempt.score() != null) {
        sum += attempt.score().value();
      }
    }

    Map<String, Long> counts() {
      Map<String, Long> counts = new TreeMap<>();
      for (AttemptKind kind : AttemptKind.values()) {
        counts.put(kind.name().toLowerCase(Locale.ROOT), kinds.getOrDefault(kind, 0L));
      }
      return counts;
    }

    @Nullable Double mean() {
      long scored = kinds.getOrDefault(AttemptKind.SCORED, 0L);
      return scored == 0 ? null : (double) sum / scored;
    }
  }
}
