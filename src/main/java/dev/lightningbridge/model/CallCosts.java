package dev.lightningbridge.model;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/**
 * What a run's calls have cost so far, by role and model, so that what is reserved for the next one
 * holds: a model that thinks may write many times what its request allows. It learns by answers
 * alone and in no order, so that a resumed run, which gets the same ones from the journal, knows
 * the same. Not thread-safe.
 */
final class CallCosts {
  /** Calls that cost alike. */
  record Kind(ModelRole role, String model) {
    static Kind of(ChatRequest request) {
      return new Kind(request.role(), request.model());
    }
  }

  /**
   * The most that a call of a kind took.
   *
   * @param promptBeyond tokens of the prompt beyond their estimate
   * @param completion tokens of the answer
   */
  record Most(long promptBeyond, long completion, double usd) {
    static final Most NOTHING = new Most(0, 0, 0);
  }

  /** The answers of a role's calls, and what these cost together, those without one too. */
  private record Sum(long answers, Spend spend) {}

  private final Map<Kind, Most> most = new HashMap<>();
  private final Map<Kind, Integer> ended = new HashMap<>();
  private final Map<Kind, Integer> underWay = new HashMap<>();
  private final Map<ModelRole, Sum> sums = new EnumMap<>(ModelRole.class);

  Most most(Kind kind) {
    return most.getOrDefault(kind, Most.NOTHING);
  }

  /** An answer of the kind came. */
  void answered(Kind kind, Most took) {
    most.merge(
        kind,
        took,
        (a, b) ->
            new Most(
                Math.max(a.promptBeyond, b.promptBeyond),
                Math.max(a.completion, b.completion),
                Math.max(a.usd, b.usd)));
  }

  /**
   * A call ended, in this process or an earlier one.
   *
   * @param answered whether there is an answer
   */
  void ended(Kind kind, Spend charged, boolean answered) {
    if (charged.equals(Spend.NOTHING)) {
      return;
    }
    ended.merge(kind, 1, Integer::sum);
    sums.merge(
        kind.role(),
        new Sum(answered ? 1 : 0, charged),
        (a, b) -> new Sum(a.answers + b.answers, a.spend.plus(b.spend)));
  }

  /**
   * Whether one more call of the kind may go out while so little is known of what it costs: one at
   * first, then twice as many as have ended.
   */
  boolean mayStart(Kind kind) {
    return underWay.getOrDefault(kind, 0) < Math.max(1, 2 * ended.getOrDefault(kind, 0));
  }

  void started(Kind kind) {
    underWay.merge(kind, 1, Integer::sum);
  }

  void left(Kind kind) {
    underWay.merge(kind, -1, Integer::sum);
  }

  /** What so many answers of the role cost on the average so far; nothing before the first. */
  Spend average(ModelRole role, long answers) {
    Sum sum = sums.get(role);
    return sum == null || sum.answers == 0
        ? Spend.NOTHING
        : sum.spend.times((double) answers / sum.answers);
  }
}
