package dev.lightningbridge.runs.nights;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.model.Limits;
import dev.lightningbridge.model.Spend;
import dev.lightningbridge.runs.RunStore;
import dev.lightningbridge.runs.StoredRun;
import dev.lightningbridge.runs.ending.NextStep;
import dev.lightningbridge.runs.ending.RunResult;
import dev.lightningbridge.runs.nights.NightStore.Begun;
import dev.lightningbridge.runs.nights.NightStore.Stored;
import dev.lightningbridge.runs.request.OptimizeRequest;
import dev.lightningbridge.runs.request.RunError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What nights did: the digest of a night that has ended, or of one that runs as it is now. */
public final class Nights {
  private static final Night.Spent NOTHING = new Night.Spent(0, 0, 0);

  private final NightStore nights;
  private final RunStore runs;

  public Nights(NightStore nights, RunStore runs) {
    this.nights = nights;
    this.runs = runs;
  }

  /**
   * The night with this id.
   *
   * @throws BridgeException where there is none
   */
  public Night get(String id) {
    return digest(stored(id));
  }

  /**
   * The newest first.
   *
   * @param scheduleId of this schedule, also where it was removed; null for all
   * @param behind begins behind this night; null begins with the newest
   * @throws BridgeException where there is no such night to begin behind
   */
  public List<Night> newest(int limit, @Nullable String scheduleId, @Nullable String behind) {
    return nights.newest(limit, scheduleId, behind == null ? null : stored(behind)).stream()
        .map(this::digest)
        .toList();
  }

  private Stored stored(String id) {
    return nights
        .find(id)
        .orElseThrow(
            () ->
                new BridgeException(
                    RunError.NO_SUCH_NIGHT,
                    "there is no night of this id",
                    id,
                    "The list of nights shows their ids."));
  }

  /** Where a night stands, from one reading of its runs: a run that ends later counts later. */
  record Standing(Optional<NightPlan.Pick> next, boolean over) {}

  /**
   * The lineage that comes next where the runs so far leave enough over, with what it may spend
   * (what a run may yet spend counts as spent); and whether the night is over: each lineage that
   * was picked has a run that ended, or an error, and none comes next.
   */
  Standing standing(Stored night) {
    NightPlan plan = night.plan();
    if (plan == null) {
      return new Standing(Optional.empty(), false);
    }
    Map<String, Begun> begun = nights.begun(night.id());
    List<StoredRun> its =
        begun.values().stream()
            .map(Begun::runId)
            .filter(Objects::nonNull)
            .map(id -> runs.get(id))
            .toList();
    Optional<NightPlan.Pick> next = next(night.schedule(), plan, begun.keySet(), its);
    return new Standing(
        next,
        next.isEmpty()
            && plan.picked().stream()
                .allMatch(pick -> begun.containsKey(pick.lineage().lineageId()))
            && its.stream().allMatch(run -> run.finishedAt() != null));
  }

  private Optional<NightPlan.Pick> next(
      Schedule schedule, NightPlan plan, Set<String> begun, List<StoredRun> its) {
    if (plan.waiting().isEmpty()) {
      return Optional.empty();
    }
    Night.Spent taken = its.stream().map(this::taken).reduce(NOTHING, Nights::plus);
    NightShares shares =
        new NightShares(schedule.spending().nightLimits(), schedule.spending().runLimits());
    for (NightPlan.Waiting waiting : plan.waiting()) {
      Limits limits = shares.rest(taken, waiting.calls());
      if (!begun.contains(waiting.lineage().lineageId()) && limits != null) {
        return Optional.of(new NightPlan.Pick(waiting.lineage(), limits));
      }
    }
    return Optional.empty();
  }

  private Night.Spent taken(StoredRun run) {
    Spend spend = runs.spending().of(run.id());
    Limits limits =
        run.finishedAt() == null
            ? Json.read(run.requestJson(), OptimizeRequest.class).limits()
            : Limits.NONE;
    return new Night.Spent(
        Objects.requireNonNullElse(limits.calls(), spend.calls()),
        Objects.requireNonNullElse(limits.tokens(), spend.tokens()),
        Objects.requireNonNullElse(limits.usd(), spend.usd()));
  }

  Night digest(Stored night) {
    if (night.digestJson() != null) {
      return Json.read(night.digestJson(), Night.class);
    }
    NightPlan plan = Objects.requireNonNullElse(night.plan(), NightPlan.NONE);
    Map<String, Begun> begun = nights.begun(night.id());
    Map<Boolean, List<NightPlan.Waiting>> waited =
        plan.waiting().stream()
            .collect(
                Collectors.partitioningBy(each -> begun.containsKey(each.lineage().lineageId())));
    List<Night.Picked> picked =
        Stream.concat(
                plan.picked().stream(),
                waited.getOrDefault(true, List.of()).stream().map(w -> pick(w, begun)))
            .map(pick -> picked(pick, begun.get(pick.lineage().lineageId())))
            .toList();
    List<String> errors = new ArrayList<>();
    if (plan.error() != null) {
      errors.add(plan.error());
    }
    picked.stream().map(Night.Picked::error).filter(Objects::nonNull).forEach(errors::add);
    Schedule schedule = night.schedule();
    return new Night(
        night.id(),
        schedule.id(),
        schedule.name(),
        schedule.camp(),
        night.state(),
        night.dueAt(),
        night.asked(),
        night.startedAt(),
        night.finishedAt(),
        night.remark(),
        schedule.model().sandbox(),
        schedule.spending().nightLimits(),
        picked.stream().map(Night.Picked::spent).reduce(NOTHING, Nights::plus),
        picked,
        Stream.concat(
                plan.left().stream(),
                waited.getOrDefault(false, List.of()).stream().map(NightPlan.Waiting::left))
            .map(Nights::left)
            .toList(),
        (int) picked.stream().filter(p -> p.proposalId() != null).count(),
        (int) picked.stream().filter(p -> p.promotionId() != null).count(),
        List.copyOf(errors));
  }

  /** One that came next, with what its run may spend. */
  private NightPlan.Pick pick(NightPlan.Waiting waiting, Map<String, Begun> begun) {
    Begun its = begun.get(waiting.lineage().lineageId());
    String run = its == null ? null : its.runId();
    return new NightPlan.Pick(
        waiting.lineage(),
        run == null
            ? Limits.NONE
            : Json.read(runs.get(run).requestJson(), OptimizeRequest.class).limits());
  }

  private Night.Picked picked(NightPlan.Pick pick, @Nullable Begun begun) {
    StoredRun run = begun == null || begun.runId() == null ? null : runs.get(begun.runId());
    String resultJson = run == null ? null : run.resultJson();
    RunResult result = resultJson == null ? null : Json.read(resultJson, RunResult.class);
    Spend spend = run == null ? Spend.NOTHING : runs.spending().of(run.id());
    String error = begun == null ? null : begun.error();
    return new Night.Picked(
        pick.lineage().sessionId(),
        pick.lineage().session(),
        pick.lineage().lineageId(),
        pick.lineage().label(),
        pick.lineage().newScores(),
        pick.limits(),
        run == null ? null : run.id(),
        run == null ? null : run.state(),
        result == null ? null : result.verdict(),
        result == null ? null : result.reason(),
        result == null ? List.of() : NextStep.of(result).stream().map(NextStep::words).toList(),
        result == null ? null : result.proposalId(),
        result == null ? null : result.promotionId(),
        result == null ? 0 : result.findings().size(),
        new Night.Spent(spend.calls(), spend.tokens(), spend.usd()),
        run == null ? error : run.error());
  }

  private static Night.Left left(NightPlan.Left left) {
    NightPlan.Of of = left.lineage();
    return new Night.Left(
        of.sessionId(), of.session(), of.lineageId(), of.label(), of.newScores(), left.why());
  }

  private static Night.Spent plus(Night.Spent one, Night.Spent other) {
    return new Night.Spent(
        one.calls() + other.calls(), one.tokens() + other.tokens(), one.usd() + other.usd());
  }
}
