package dev.lightningbridge.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lightningbridge.model.ModelException.Kind;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One call of the gateway with its attempts. Used by the thread that makes it. */
final class GatewayCall implements PatientCaller.Attempts {
  /**
   * What all calls of a gateway share.
   *
   * @param priced whether a call must have a price, since there is a limit in USD
   */
  record Desk(
      ChatModel upstream,
      CallJournal journal,
      PriceTable prices,
      CallListener listener,
      Budget budget,
      boolean priced) {}

  private final Desk desk;
  private final ChatRequest request;
  private final CallKey key;
  private final CallCosts.Kind kind;
  private final long prompt;
  private final long start = System.nanoTime();
  private Spend charged = Spend.NOTHING;
  private Budget.@Nullable Reservation reservation;
  private volatile @Nullable ChatAnswer answer;

  GatewayCall(ChatRequest request, CallKey key, Desk desk) throws ModelException {
    this.desk = desk;
    this.request = request;
    this.key = key;
    this.kind = CallCosts.Kind.of(request);
    this.prompt = TokenEstimate.prompt(request.body());
    if (desk.priced && !desk.prices.knows(request.model())) {
      throw new ModelException(
          Kind.BAD_REQUEST,
          "No price is known for %s, and there is a limit in USD".formatted(request.model()));
    }
  }

  /** At the least what calls of its kind took before. */
  private Spend estimate() {
    CallCosts.Most most = desk.budget.most(kind);
    Spend spend =
        spend(
            new Usage(
                prompt + most.promptBeyond(),
                Math.max(TokenEstimate.completionLimit(request.body()), most.completion()),
                true));
    return spend.atLeast(new Spend(1, 0, 0, most.usd()));
  }

  private Spend spend(Usage usage) {
    double usd = desk.prices.usd(request.model(), usage);
    return new Spend(1, usage.promptTokens(), usage.completionTokens(), usd);
  }

  /** Which endpoint it goes to. */
  String endpoint() {
    return desk.upstream.endpointOf(request);
  }

  /** This call, of which an earlier process has made attempts. */
  GatewayCall goingOn(CallJournal.Entry before) {
    charged = before.charged();
    return this;
  }

  ChatAnswer send(PatientCaller caller) throws ModelException {
    try {
      return finished(caller.call(this));
    } catch (ModelException e) {
      ChatAnswer came = answer;
      if (came != null) {
        // Cancelled or timed out in the moment it came: it is paid for and kept, so it is used.
        return finished(came);
      }
      if (!charged.equals(Spend.NOTHING)) {
        desk.journal.failed(key, e, charged);
      }
      ended(e.kind(), false);
      throw e;
    } finally {
      if (reservation != null) {
        reservation.settle(Spend.NOTHING);
      }
    }
  }

  @Override
  public void prepare() throws ModelException, InterruptedException {
    if (reservation == null) {
      reservation = desk.budget.reserve(kind, this::estimate);
    }
  }

  @Override
  public ChatAnswer make() throws ModelException {
    if (answer != null) {
      // The attempt before was timed out in the moment that the answer came.
      return answer;
    }
    Budget.Reservation mine = Objects.requireNonNull(reservation, "not prepared");
    Spend cost = Spend.NOTHING;
    try {
      desk.journal.reserved(key, request.role(), request.model(), charged.plus(mine.estimate()));
      cost = mine.estimate();
      ChatAnswer came = desk.upstream.complete(request);
      cost = spend(came.usage());
      desk.journal.done(key, came.body(), charged.plus(cost));
      learn(came.body());
      answer = came;
      return came;
    } catch (ModelException e) {
      cost = mayBeBilled(e) ? mine.estimate() : Spend.TURNED_DOWN;
      throw e;
    } finally {
      charged = charged.plus(cost);
      if (cost.equals(Spend.TURNED_DOWN)) {
        mine.charge(cost);
      } else {
        reservation = null;
        mine.settle(cost);
      }
    }
  }

  /** From the body alone, as a resumed run does. */
  private Usage learn(ObjectNode body) {
    Usage usage = TokenEstimate.usage(request.body(), body);
    desk.budget.answered(
        kind,
        new CallCosts.Most(
            Math.max(0, usage.promptTokens() - prompt),
            usage.completionTokens(),
            desk.prices.usd(request.model(), usage)));
    return usage;
  }

  private ChatAnswer finished(ChatAnswer came) {
    ended(null, false);
    return came;
  }

  ChatAnswer replayed(CallJournal.Entry.Done before) {
    charged = before.charged();
    Usage usage = learn(before.answer());
    ended(null, true);
    return new ChatAnswer(before.answer(), usage);
  }

  ModelException replayed(CallJournal.Entry.Failed before) {
    charged = before.charged();
    ended(before.kind(), true);
    return new ModelException(before.kind(), before.message());
  }

  private void ended(@Nullable Kind failure, boolean replayed) {
    desk.budget.ended(kind, charged, failure == null);
    long ms = (System.nanoTime() - start) / 1_000_000;
    desk.listener.finished(
        new CallListener.FinishedCall(
            request.role(), request.model(), charged, ms, replayed, failure));
  }

  private static boolean mayBeBilled(ModelException e) {
    return switch (e.kind()) {
      case NETWORK,
          MALFORMED_ANSWER,
          EMPTY_ANSWER,
          CUT_OFF,
          LIMIT_RAISED,
          SAID_NOTHING,
          REFUSED,
          CANCELLED ->
          true;
      // Where there is a status somebody before the model gave up.
      case TIMEOUT -> e.status() == 0;
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
