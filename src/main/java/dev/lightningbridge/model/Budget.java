package dev.lightningbridge.model;

import java.util.Locale;

/**
 * Keeps a run within its limits: every call is reserved by estimate before it is sent and settled
 * with its real cost afterwards. What is reserved counts as spent until then, so that calls under
 * way at the same time cannot pass a limit together. The number of calls is exact; tokens and USD
 * can pass their limit only by what the calls under way cost more than was estimated for them, and
 * no further call is made then. Thread-safe.
 *
 * <p>A resumed run goes once more the way that it has gone before, by answers from the journal. All
 * that it has cost counts against its limits for every call that is sent; what is {@link #keepBack
 * kept back} counts only against what it has come to again so far ({@link #replayed}), so that it
 * decides as it did before.
 */
public final class Budget {
  private final Limits limits;
  private Spend spent;

  /** Of the earlier spending, what the run has not come to again yet. */
  private Spend ahead;

  private Spend reserved = Spend.NOTHING;

  /**
   * @param already what the run has spent before, in another process
   */
  public Budget(Limits limits, Spend already) {
    this.limits = limits;
    this.spent = already;
    this.ahead = already;
  }

  /**
   * Reserves the estimate.
   *
   * @throws ModelException BUDGET_EXHAUSTED where it could pass a limit; then nothing is reserved
   */
  public synchronized Reservation reserve(Spend estimate) throws ModelException {
    return reserve(spent, estimate);
  }

  /**
   * Keeps a part of the budget back for later.
   *
   * @throws ModelException BUDGET_EXHAUSTED where it is not there; then nothing is kept
   */
  public synchronized Reservation keepBack(Spend part) throws ModelException {
    return reserve(spent.minus(ahead), part);
  }

  /** The run has come again to a call that it made in an earlier process. */
  public synchronized void replayed(Spend charged) {
    ahead = ahead.minus(charged);
  }

  private Reservation reserve(Spend base, Spend estimate) throws ModelException {
    Spend then = base.plus(reserved).plus(estimate);
    if (limits.calls() != null && then.calls() > limits.calls()) {
      throw exhausted("%,d calls".formatted(limits.calls()));
    }
    if (limits.tokens() != null && then.tokens() > limits.tokens()) {
      throw exhausted("%,d tokens".formatted(limits.tokens()));
    }
    if (limits.usd() != null && then.usd() > limits.usd()) {
      throw exhausted(String.format(Locale.ROOT, "%.2f USD", limits.usd()));
    }
    reserved = reserved.plus(estimate);
    return new Reservation(estimate);
  }

  private ModelException exhausted(String limit) {
    return new ModelException(
        ModelException.Kind.BUDGET_EXHAUSTED,
        String.format(
            Locale.ROOT,
            "The next call could pass the limit of %s: %,d calls, %,d tokens and %.4f USD are spent,"
                + " %,d calls are under way",
            limit,
            spent.calls(),
            spent.tokens(),
            spent.usd(),
            reserved.calls()));
  }

  private synchronized void settle(Spend estimate, Spend actual) {
    reserved = reserved.minus(estimate);
    if (reserved.calls() == 0) {
      // What rounding left of the USD must not add up over a long run.
      reserved = Spend.NOTHING;
    }
    spent = spent.plus(actual);
  }

  /** What is settled; calls under way are not in it. */
  public synchronized Spend spent() {
    return spent;
  }

  /** A reserved call, to be settled once. */
  public final class Reservation {
    private final Spend estimate;
    private boolean settled;

    private Reservation(Spend estimate) {
      this.estimate = estimate;
    }

    public Spend estimate() {
      return estimate;
    }

    /** Replaces the estimate by what the call cost; {@link Spend#NOTHING} where it was not sent. */
    public void settle(Spend actual) {
      synchronized (Budget.this) {
        if (settled) {
          throw new IllegalStateException("settled before");
        }
        settled = true;
        Budget.this.settle(estimate, actual);
      }
    }
  }
}
