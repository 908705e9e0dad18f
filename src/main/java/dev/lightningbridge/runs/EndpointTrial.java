package dev.lightningbridge.runs;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.Cancellation;
import dev.lightningbridge.model.CallJournal;
import dev.lightningbridge.model.ModelRole;
import dev.lightningbridge.model.Spend;
import dev.lightningbridge.optimize.RunEvent;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The calls with which a run begins, by themselves: one for each model of each endpoint. Nothing is
 * kept of them.
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
  public record Answered(List<String> said, long calls, long tokens, double usd, long ms) {}

  /**
   * Calls each model that the roles need once.
   *
   * @param agentModel the model that the agent version names
   * @throws BridgeException LB-7130 where an endpoint cannot be used as it is named, LB-7131 where
   *     it may work later
   * @throws CancellationException where it was cancelled
   */
  public static Answered of(
      ModelUse use, String agentModel, Set<ModelRole> roles, Cancellation cancellation) {
    List<String> said = new CopyOnWriteArrayList<>();
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
            cancellation)) {
      models.check(roles, notes, cancellation);
      Spend spent = models.gateway().spent();
      return new Answered(
          List.copyOf(said),
          spent.calls(),
          spent.tokens(),
          spent.usd(),
          (System.nanoTime() - start) / 1_000_000);
    }
  }
}
