package dev.lightningbridge.runs.work;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.Cancellation;
import dev.lightningbridge.model.CallJournal;
import dev.lightningbridge.model.ModelRole;
import dev.lightningbridge.model.Spend;
import dev.lightningbridge.optimize.RunEvent;
import dev.lightningbridge.runs.BegunRun;
import dev.lightningbridge.runs.RunPlan;
import dev.lightningbridge.runs.models.EndpointCheck;
import dev.lightningbridge.runs.models.FirstCall;
import dev.lightningbridge.runs.models.RunModels;
import dev.lightningbridge.runs.models.ShownNotices;
import dev.lightningbridge.runs.request.ModelUse;
import dev.lightningbridge.runs.request.OptimizeRequest;
import dev.lightningbridge.runs.request.RunError;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * The calls with which a run begins, by themselves and within a time: one for each model of each
 * endpoint. Nothing is kept of them.
 */
public final class EndpointTrial {
  private EndpointTrial() {}

  /**
   * What answered.
   *
   * @param said a sentence each: what had to be changed in the requests, and at last what answered;
   *     empty where there was nothing to call
   * @param ms how long it took
   */
  public record Answered(List<String> said, long calls, long tokens, double usd, long ms) {
    private static final Answered NOTHING = new Answered(List.of(), 0, 0, 0, 0);
  }

  /** The calls of a run that is asked for. */
  static Answered of(OptimizeRequest request, RunPlan plan, Duration atMost) {
    BegunRun run = new BegunRun(UUID.randomUUID().toString(), "", request, plan);
    return of(
        request.modelUse(run.ownModels()),
        plan.choice().baseline().model().modelId(),
        run.roles(),
        FirstCall.of(plan, plan.split(request)),
        atMost,
        new Cancellation());
  }

  /**
   * Calls each model that the roles need once.
   *
   * @param agentModel the model that the agent version names
   * @param atMost what takes longer is given up
   * @throws BridgeException LB-7130 where an endpoint cannot be used as it is named, LB-7131 where
   *     it may work later
   * @throws CancellationException where it was cancelled
   */
  public static Answered of(
      ModelUse use,
      String agentModel,
      Set<ModelRole> roles,
      Duration atMost,
      Cancellation cancellation) {
    return of(use, agentModel, roles, Optional.empty(), atMost, cancellation);
  }

  private static Answered of(
      ModelUse use,
      String agentModel,
      Set<ModelRole> roles,
      Optional<FirstCall> first,
      Duration atMost,
      Cancellation cancellation) {
    if (EndpointCheck.places(use, agentModel, roles).isEmpty()) {
      return Answered.NOTHING;
    }
    List<String> said = new CopyOnWriteArrayList<>();
    Cancellation stop = new Cancellation();
    CompletableFuture<Void> end =
        CompletableFuture.runAsync(
            stop::request,
            CompletableFuture.delayedExecutor(atMost.toMillis(), TimeUnit.MILLISECONDS));
    try (Cancellation.Registration registration = cancellation.onRequest(stop::request)) {
      return answered(use, agentModel, roles, first, said, stop);
    } catch (CancellationException e) {
      cancellation.throwIfRequested();
      throw tooSlow(atMost, said);
    } finally {
      end.cancel(false);
    }
  }

  private static Answered answered(
      ModelUse use,
      String agentModel,
      Set<ModelRole> roles,
      Optional<FirstCall> first,
      List<String> said,
      Cancellation stop) {
    RunEvent.Listener notes =
        event -> {
          if (event instanceof RunEvent.Note note) {
            said.add(note.text());
          }
        };
    long start = System.nanoTime();
    try (RunModels models =
        RunModels.open(
            use,
            agentModel,
            roles,
            CallJournal.inMemory(),
            new ShownNotices(call -> {}, notes),
            stop)) {
      models.check(roles, first, Set.of(), notes, stop);
      Spend spent = models.gateway().spent();
      return new Answered(
          List.copyOf(said),
          spent.calls(),
          spent.tokens(),
          spent.usd(),
          (System.nanoTime() - start) / 1_000_000);
    }
  }

  private static BridgeException tooSlow(Duration atMost, List<String> said) {
    return new BridgeException(
        RunError.ENDPOINT_NOT_READY,
        "no answer within %d s%s"
            .formatted(atMost.toSeconds(), said.isEmpty() ? "" : ": " + String.join(" ", said)),
        "the call that tries the endpoint",
        "It may be loading its model: try again in a minute, or look at its own log.");
  }
}
