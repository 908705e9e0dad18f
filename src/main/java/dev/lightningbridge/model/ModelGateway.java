package dev.lightningbridge.model;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.Cancellation;
import dev.lightningbridge.model.ModelException.Kind;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The one way of a run to its model. Each call gets the endpoint's name of its model; is answered
 * from the journal where the run made it before; else is reserved in the budget, written ahead,
 * sent with patience, kept and charged. What was charged is what the endpoint states, else an
 * estimate.
 *
 * <p>An attempt that the endpoint turned down ({@code 4xx, 5xx}) or that did not reach it costs
 * nothing: it is counted apart, and the call keeps its reservation. One that may have been answered
 * and billed all the same (time-out, broken connection, unusable answer, refusal, cancelled under
 * way) is charged by its whole estimate, and the next attempt is one more call.
 *
 * <p>Thread-safe. Does not close the model it stands before.
 */
public final class ModelGateway implements ChatModel, AutoCloseable {
  private final GatewayCall.Desk desk;
  private final ModelNames names;
  private final CallJournal journal;
  private final @Nullable Integer maxOutputTokens;
  private final Function<String, PatientCaller> newCaller;
  private final Map<String, PatientCaller> callers = new ConcurrentHashMap<>();
  private final Budget budget;
  private final CallKey.Counter keys = new CallKey.Counter();
  private final Cancellation stop = new Cancellation();
  private final Cancellation.Registration cancelled;
  private volatile @Nullable RuntimeException broken;

  ModelGateway(ModelGatewayBuilder builder) {
    names = builder.names;
    maxOutputTokens = builder.maxOutputTokens;
    journal = builder.journal;
    budget = new Budget(builder.limits, journal.spent());
    desk =
        new GatewayCall.Desk(
            builder.upstream,
            journal,
            builder.prices,
            builder.listener,
            budget,
            builder.limits.usd() != null);
    newCaller =
        endpoint ->
            new PatientCaller(
                builder.patience, builder.concurrency, builder.random, builder.listener::notice);
    cancelled = builder.cancellation.onRequest(stop::request);
  }

  /** A gateway before the model; everything else has a default. */
  public static ModelGatewayBuilder before(ChatModel upstream) {
    return new ModelGatewayBuilder(upstream);
  }

  /**
   * @throws ModelException where there is no answer; every kind is possible
   * @throws BridgeException where the journal cannot be read or written, or could not be before
   */
  @Override
  public ChatAnswer complete(ChatRequest request) throws ModelException {
    throwIfBroken();
    try {
      return journaled(request);
    } catch (RuntimeException e) {
      broken = e;
      throw e;
    }
  }

  /**
   * A call that could not be kept ends the run, whoever made it: one that goes on without its
   * answer, as the real APO does without a critique, would find something else than when it is
   * resumed.
   *
   * @throws BridgeException where the journal could not be read or written before
   */
  public void throwIfBroken() {
    RuntimeException before = broken;
    if (before != null) {
      throw before;
    }
  }

  private ChatRequest limited(ChatRequest request) {
    return maxOutputTokens == null ? request : request.withMaxTokens(maxOutputTokens);
  }

  private ChatAnswer journaled(ChatRequest request) throws ModelException {
    ChatRequest named = names.named(limited(request));
    CallKey key = keys.next(named);
    GatewayCall call =
        new GatewayCall(named.withOrdinal(named.ordinal() + key.ordinal()), key, desk);
    CallJournal.Entry before = journal.find(key).orElse(null);
    if (before != null) {
      budget.replayed(before.charged());
    }
    return switch (before) {
      case CallJournal.Entry.Done d -> call.replayed(d);
      case CallJournal.Entry.Failed f when f.kind().agentsFault() -> throw call.replayed(f);
      case null -> send(call);
      default -> send(call.goingOn(before));
    };
  }

  private ChatAnswer send(GatewayCall call) throws ModelException {
    if (stop.isRequested()) {
      throw new ModelException(Kind.CANCELLED, "Cancelled");
    }
    try (InterruptOnRequest interrupt = new InterruptOnRequest(stop)) {
      return call.send(callers.computeIfAbsent(call.endpoint(), newCaller));
    }
  }

  /** The run's budget, for a part of it to be kept back. */
  public Budget budget() {
    return budget;
  }

  /** What the run has spent, also in earlier processes; calls under way are not in it. */
  public Spend spent() {
    return budget.spent();
  }

  /** Ends what is under way and refuses what comes later, as cancelled. */
  @Override
  public void close() {
    stop.request();
    cancelled.close();
  }
}
