package dev.lightningbridge.web;

import dev.lightningbridge.capture.AgentLoops.AgentLoop;
import dev.lightningbridge.capture.AgentLoops.InUse;
import dev.lightningbridge.capture.AgentLoops.LineageLoop;
import dev.lightningbridge.common.Figures;
import dev.lightningbridge.runs.RunStore;
import dev.lightningbridge.runs.StoredRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A captured agent's way through the loop, in words. */
record LoopView(
    String agent,
    @Nullable String databaseId,
    List<Lineage> lineages,
    @Nullable String unrecorded,
    @Nullable String failure) {
  /** From so many prompts on it is looked whether they are one that changes from call to call. */
  private static final int MANY_PROMPTS = 10;

  /**
   * One of its lineages.
   *
   * @param title empty where the agent has one alone
   * @param changing what is to be known where the prompt changes from call to call; else null
   * @param run the last one; null where there was none
   */
  record Lineage(
      String title,
      String calls,
      String today,
      String scored,
      @Nullable String changing,
      @Nullable RunName run,
      List<Version> versions,
      @Nullable String trial) {
    /** The version in use. */
    public Version inUse() {
      return versions.getLast();
    }

    /** Whether there is a before and an after. */
    public boolean isChanged() {
      return versions.size() > 1;
    }
  }

  /**
   * A version that was in use.
   *
   * @param mean of the scores of its calls; null where none has one
   * @param share of the best score, 0 to 100
   * @param change to the version before it; null where one of them has no scores
   */
  record Version(
      int number,
      Moment since,
      String scores,
      @Nullable String mean,
      int share,
      @Nullable String change) {}

  static LoopView of(AgentLoop loop, RunStore runs) {
    return new LoopView(
        loop.agent(),
        loop.databaseId(),
        loop.lineages().stream()
            .map(lineage -> lineage(lineage, loop.lineages().size() > 1, runs))
            .toList(),
        unrecorded(loop.unrecorded()),
        loop.failure());
  }

  private static @Nullable String unrecorded(Map<String, Long> counts) {
    return counts.isEmpty()
        ? null
        : counts.entrySet().stream()
            .map(one -> Figures.count(one.getValue()) + " " + one.getKey())
            .collect(Collectors.joining("; ", "Not recorded since the server’s start: ", "."));
  }

  /** Most prompts were used once. */
  private static @Nullable String changing(LineageLoop lineage) {
    return lineage.prompts() < MANY_PROMPTS || lineage.calls() >= 2 * lineage.prompts()
        ? null
        : ("The prompt changes from call to call: %s were made with %s, each of which is a version of its own. A run starts"
                + " from the one in use, with whatever stands in it. Have the application put what changes, such as a date or"
                + " a name, into the user’s message (docs/guides/your-app.md).")
            .formatted(
                Figures.counted(lineage.calls(), "call"),
                Figures.counted(lineage.prompts(), "prompt"));
  }

  private static Lineage lineage(LineageLoop lineage, boolean several, RunStore runs) {
    StoredRun run = lineage.lastRun();
    return new Lineage(
        several ? "Lineage " + lineage.label() : "",
        Figures.counted(lineage.calls(), "call"),
        Figures.count(lineage.today()),
        Figures.count(lineage.scored()),
        changing(lineage),
        run == null ? null : RunName.of(run, runs),
        versions(lineage.inUse()),
        lineage.trial());
  }

  private static List<Version> versions(List<InUse> inUse) {
    List<Version> versions = new ArrayList<>();
    Double before = null;
    for (InUse version : inUse) {
      Double mean = version.meanScore();
      versions.add(
          new Version(
              version.version(),
              Moment.of(version.since()),
              Figures.counted(version.scored(), "score"),
              mean == null ? null : Figures.decimal(mean),
              mean == null ? 0 : (int) Math.round(mean * 10),
              mean == null || before == null ? null : Figures.points(mean - before)));
      before = mean == null ? before : mean;
    }
    return versions;
  }
}
