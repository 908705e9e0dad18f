package dev.lightningbridge.model;

import dev.lightningbridge.common.Figures;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a run within its limits: every call is reserved by estimate before it is sent and settled
 * with its real cost afterwards. What is reserved counts as spent until then, so that calls under
 * way at the same time cannot pass a limit together. The number of calls is exact; tokens and USD
 * can pass their limit only by what the calls under way cost more than was estimated for them, and
 * no further call is made then. The estimates learn from what calls cost ({@link CallCosts}), and
 * while nothing is known yet few calls go out at the same time. Thread-safe.
 *
 * <p>A resumed run goes once more the way that it has gone before, by answers from the journal. All
 * that it has cost counts against its limits for every call that is sent; what is {@link #keepBack
 * kept back} counts only against what it has come to again so far ({@link #replayed}), so that it
 * decides as it did before.
 */
public final class Budget {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Limits limits;
  private final CallCosts costs = new CallCosts();
  private final List<Kept> kept = new ArrayList<>();
  private Spend spent;

  /** Of the earlier spending, what the run has not come to again yet. */
  private Spend ahead;

  private Spend underWay = Spend.NOTHING;
  private @Nullable String ended;

  /**
   * @param already what the run has spent before, in another process
   */
  public Budget(Limits limits, Spend already) {
    this.limits = limits;
    this.spent = already;
    this.ahead = already;
  }

  /**
   * Reserves what a call will cost. Waits for calls under way where what they come to may make room
   * for it, or teach what it will cost.
   *
   * @param estimate is asked when it is the call's turn
   * @throws ModelException BUDGET_EXHAUSTED where it could pass a limit; then nothing is reserved
   */
  Reservation reserve(CallCosts.Kind kind, Supplier<Spend> estimate)
      throws ModelException, InterruptedException {
    lock.lockInterruptibly();
    try {
      while (true) {
        if (!learns() || costs.mayStart(kind)) {
          Spend next = estimate.get();
          Spend alone = spent.plus(keptBack()).plus(next);
          String limit = limits.passedBy(alone.plus(underWay));
          if (limit == null) {
            underWay = underWay.plus(next);
            costs.started(kind);
            return new Reservation(kind, next);
          }
          if (underWay.calls() == 0 || limits.passedBy(alone) != null) {
            ended = limit;
            throw exhausted("The next call could pass the limit of " + limit);
          }
        }
        changed.await();
      }
    } finally {
      lock.unlock();
    }
  }

  private boolean learns() {
    return limits.tokens() != null || limits.usd() != null;
  }

  /**
   * Keeps a part of the budget back for later.
   *
   * @param part is asked again whenever a call is reserved, since what calls cost is learnt
   * @throws ModelException BUDGET_EXHAUSTED where it is not there; then nothing is kept
   */
  public Kept keepBack(Supplier<Spend> part) throws ModelException {
    lock.lock();
    try {
      Spend base = spent.minus(ahead).plus(underWay).plus(keptBack());
      String limit = limits.passedBy(base.plus(part.get()));
      if (limit != null) {
        throw exhausted("What is to be kept back passes the limit of " + limit);
      }
      Kept more = new Kept(part);
      kept.add(more);
      return more;
    } finally {
      lock.unlock();
    }
  }

  private Spend keptBack() {
    return kept.stream().map(k -> k.part.get()).reduce(Spend.NOTHING, Spend::plus);
  }

  /** The run has come again to a call that it made in an earlier process. */
  void replayed(Spend charged) {
    change(() -> ahead = ahead.minus(charged));
  }

  /** What the most that a call of the kind took is; asked by estimates. */
  CallCosts.Most most(CallCosts.Kind kind) {
    return read(() -> costs.most(kind));
  }

  /** An answer came, or came from the journal. */
  void answered(CallCosts.Kind kind, CallCosts.Most took) {
    change(() -> costs.answered(kind, took));
  }

  /** A call ended, with an answer or without, or was known from the journal to have. */
  void ended(CallCosts.Kind kind, Spend charged, boolean answered) {
    change(() -> costs.ended(kind, charged, answered));
  }

  /** What so many answers of the role cost on the average so far; nothing before the first. */
  public Spend average(ModelRole role, long answers) {
    return read(() -> costs.average(role, answers));
  }

  /** What is settled; calls under way are not in it. */
  public Spend spent() {
    return read(() -> spent);
  }

  /**
   * The limit that kept a call from being made, in words such as "160 calls (--max-calls)"; null
   * for none.
   */
  public @Nullable String ended() {
    lock.lock();
    try {
      return ended;
    } finally {
      lock.unlock();
    }
  }

  /**
   * By how much calls that were under way passed the limits, in words; empty where they did not.
   */
  public String beyond() {
    return read(() -> limits.beyond(spent));
  }

  private <T> T read(Supplier<T> work) {
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }

  private void change(Runnable work) {
    lock.lock();
    try {
      work.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private ModelException exhausted(String what) {
    String beyond = beyond();
    return new ModelException(
        ModelException.Kind.BUDGET_EXHAUSTED,
        "%s: spent are %s%s, under way %s"
            .formatted(
                what,
                Figures.spent(spent.calls(), spent.tokens(), spent.usd()),
                beyond.isEmpty() ? "" : " (the last ones passed the limit by " + beyond + ")",
                Figures.counted(underWay.calls(), "call")));
  }

  /** A reserved call, to be settled once. */
  final class Reservation {
    private final CallCosts.Kind kind;
    private final Spend estimate;
    private boolean settled;

    private Reservation(CallCosts.Kind kind, Spend estimate) {
      this.kind = kind;
      this.estimate = estimate;
    }

    Spend estimate() {
      return estimate;
    }

    /** Adds what was spent, and keeps the reservation for the next attempt. */
    void charge(Spend actual) {
      change(() -> spent = spent.plus(actual));
    }

    /** Replaces the estimate by what the call cost; {@link Spend#NOTHING} where it was not sent. */
    void settle(Spend actual) {
      change(
          () -> {
            if (settled) {
              throw new IllegalStateException("settled before");
            }
            settled = true;
            costs.left(kind);
            underWay = underWay.minus(estimate);
            if (underWay.calls() == 0) {
              // What rounding left of the USD must not add up over a long run.
              underWay = Spend.NOTHING;
            }
            spent = spent.plus(actual);
          });
    }
  }

  /** A part that is kept back until it is closed. */
  public final class Kept implements AutoCloseable {
    private final Supplier<Spend> part;

    private Kept(Supplier<Spend> part) {
      this.part = part;
    }

    @Override
    public void close() {
      change(() -> kept.remove(this));
    }
  }
}
