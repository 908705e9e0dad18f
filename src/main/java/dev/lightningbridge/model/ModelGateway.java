package dev.lightningbridge.model;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.Cancellation;
import dev.lightningbridge.model.ModelException.Kind;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * The one way of a run to its model. Each call gets the endpoint's name of its model; is answered
 * from the journal where the run made it before; else is reserved in the budget, written ahead,
 * sent with patience, kept and charged. What was charged is what the endpoint states, else an
 * estimate; a request that had to be sent again counts as one more call.
 *
 * <p>Of a failed attempt only the call counts where the endpoint turned it down ({@code 4xx, 5xx}:
 * not billed); where it may have been answered and billed all the same (time-out, broken
 * connection, unusable answer, refusal, cancelled under way) its whole estimate counts.
 *
 * <p>Thread-safe. Does not close the model it stands before.
 */
public final class ModelGateway implements ChatModel, AutoCloseable {
  private final ChatModel upstream;
  private final ModelNames names;
  private final Limits limits;
  private final CallJournal journal;
  private final PriceTable prices;
  private final CallListener listener;
  private final PatientCaller caller;
  private final @Nullable Integer maxOutputTokens;
  private final Semaphore places;
  private final Budget budget;
  private final CallKey.Counter keys = new CallKey.Counter();
  private final Cancellation stop = new Cancellation();
  private final Cancellation.Registration cancelled;
  private volatile @Nullable RuntimeException broken;

  ModelGateway(ModelGatewayBuilder builder) {
    upstream = builder.upstream;
    names = builder.names;
    maxOutputTokens = builder.maxOutputTokens;
    limits = builder.limits;
    journal = builder.journal;
    prices = builder.prices;
    listener = builder.listener;
    caller = new PatientCaller(builder.patience, builder.random, listener::notice);
    places = new Semaphore(builder.concurrency, true);
    budget = new Budget(limits, journal.spent());
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
    Call call = new Call(named.withOrdinal(key.ordinal()), key);
    CallJournal.Entry before = journal.find(key).orElse(null);
    if (before != null) {
      budget.replayed(before.charged());
    }
    return switch (before) {
      case CallJournal.Entry.Done d -> call.replayed(d);
      case CallJournal.Entry.Failed f when f.kind().agentsFault() -> throw call.replayed(f);
      case null -> send(call);
      default -> {
        call.charged = before.charged();
        yield send(call);
      }
    };
  }

  private ChatAnswer send(Call call) throws ModelException {
    if (stop.isRequested()) {
      throw new ModelException(Kind.CANCELLED, "Cancelled");
    }
    try (InterruptOnRequest interrupt = new InterruptOnRequest(stop)) {
      places.acquire();
      try {
        if (stop.isRequested()) {
          throw new ModelException(Kind.CANCELLED, "Cancelled");
        }
        return call.send();
      } finally {
        places.release();
      }
    } catch (InterruptedException e) {
      throw new ModelException(Kind.CANCELLED, "Cancelled", null, e);
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

  /** One call with its attempts. */
  private final class Call {
    private final ChatRequest request;
    private final CallKey key;
    private final Spend estimate;
    private final long start = System.nanoTime();
    private Spend charged = Spend.NOTHING;

    Call(ChatRequest request, CallKey key) throws ModelException {
      this.request = request;
      this.key = key;
      this.estimate =
          spend(
              new Usage(
                  TokenEstimate.prompt(request.body()),
                  TokenEstimate.completionLimit(request.body()),
                  true));
      if (limits.usd() != null && !prices.knows(request.model())) {
        throw new ModelException(
            Kind.BAD_REQUEST,
            "No price is known for %s, and there is a limit in USD".formatted(request.model()));
      }
    }

    private Spend spend(Usage usage) {
      double usd = prices.usd(request.model(), usage);
      return new Spend(1, usage.promptTokens(), usage.completionTokens(), usd);
    }

    ChatAnswer send() throws ModelException {
      Sent sent = new Sent();
      try {
        return finished(caller.call(() -> attempt(sent)));
      } catch (ModelException e) {
        if (sent.answer != null) {
          // Cancelled or timed out in the moment it came: it is paid for and kept, so it is used.
          return finished(sent.answer);
        }
        if (charged.calls() > 0) {
          journal.failed(key, e, charged);
        }
        tell(e.kind(), false);
        throw e;
      }
    }

    private ChatAnswer attempt(Sent sent) throws ModelException {
      Budget.Reservation reservation = budget.reserve(estimate);
      Spend cost = Spend.NOTHING;
      try {
        journal.reserved(key, request.role(), request.model(), charged.plus(estimate));
        cost = estimate;
        ChatAnswer answer = upstream.complete(request);
        cost = spend(answer.usage());
        journal.done(key, answer.body(), charged.plus(cost));
        sent.answer = answer;
        return answer;
      } catch (ModelException e) {
        cost = mayBeBilled(e.kind()) ? estimate : new Spend(1, 0, 0, 0);
        throw e;
      } finally {
        reservation.settle(cost);
        charged = charged.plus(cost);
      }
    }

    private ChatAnswer finished(ChatAnswer answer) {
      tell(null, false);
      return answer;
    }

    ChatAnswer replayed(CallJournal.Entry.Done before) {
      charged = before.charged();
      tell(null, true);
      return new ChatAnswer(before.answer(), TokenEstimate.usage(request.body(), before.answer()));
    }

    ModelException replayed(CallJournal.Entry.Failed before) {
      charged = before.charged();
      tell(before.kind(), true);
      return new ModelException(before.kind(), before.message());
    }

    private void tell(@Nullable Kind failure, boolean replayed) {
      long ms = (System.nanoTime() - start) / 1_000_000;
      listener.finished(
          new CallListener.FinishedCall(
              request.role(), request.model(), charged, ms, replayed, failure));
    }
  }

  /** The answer of a call, once there is one. */
  private static final class Sent {
    private volatile @Nullable ChatAnswer answer;
  }

  private static boolean mayBeBilled(Kind kind) {
    return switch (kind) {
      case NETWORK, TIMEOUT, MALFORMED_ANSWER, EMPTY_ANSWER, CUT_OFF, REFUSED, CANCELLED -> true;
      case RATE_LIMITED,
          SERVER_ERROR,
          UNREACHABLE,
          UNAUTHORIZED,
          MODEL_NOT_FOUND,
          BAD_REQUEST,
          CIRCUIT_OPEN,
          CONTEXT_TOO_LONG,
          BUDGET_EXHAUSTED ->
          false;
    };
  }
}
