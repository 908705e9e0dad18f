package dev.lightningbridge.optimize.verdict;

import dev.lightningbridge.dataset.PooledSession;
import dev.lightningbridge.dataset.split.Inspection;
import dev.lightningbridge.dataset.split.SplitPlan;
import dev.lightningbridge.grading.calibration.TrustPolicy;
import java.util.OptionalDouble;

/**
 * Whether a run on the inputs of a session can end in PROMOTE, known before anything is spent. A
 * rule grades where each of them has the answer that is wanted; else a judge does, and is tested on
 * people's scores first, or on their choices between outputs where scores are few.
 *
 * @param missingInputs distinct inputs that a split lacks
 * @param sealed about how many inputs a run would seal for its verdict; 0 where inputs are missing
 * @param scores outputs of the session that people have scored
 * @param missingScores that a test of the judge lacks; 0 where a rule grades
 * @param byRule whether a rule grades
 */
public record Outlook(
    int missingInputs, int sealed, long scores, long missingScores, boolean byRule) {
  /** So many inputs make a sealed test of about 24. */
  public static final int GOOD_INPUTS = 60;

  static final int GOOD_SEALED = (int) (GOOD_INPUTS * SplitPlan.DEFAULT.testShare());

  /** Where a judge grades. */
  public Outlook(int missingInputs, int sealed, long scores, long missingScores) {
    this(missingInputs, sealed, scores, missingScores, false);
  }

  /** Of all lineages of a session, which share its inputs and its scores, and what is pooled. */
  public static Outlook of(Inspection.SessionView session) {
    long scores =
        session.lineages().stream()
            .mapToLong(lineage -> lineage.attempts().getOrDefault("scored", 0L))
            .sum();
    scores += session.pooled().stream().mapToLong(PooledSession::scores).sum();
    int choices = session.lineages().stream().mapToInt(l -> l.choices().inputs()).sum();
    boolean byRule = session.tasks() > 0 && session.answered() == session.tasks();
    return new Outlook(
        session.missingTasks(),
        session.sealedTasks(),
        scores,
        byRule ? 0 : missingScores(scores, choices),
        byRule);
  }

  /**
   * How many scores a test of a judge lacks.
   *
   * @param choices inputs on which people preferred one output to another; a run seals its part of
   *     them, and those test no judge
   */
  public static long missingScores(long scores, int choices) {
    int open = (int) (choices * (1 - SplitPlan.DEFAULT.testShare()));
    return TrustPolicy.isEnough((int) Math.min(scores, TrustPolicy.FEWEST_OUTPUTS), open)
        ? 0
        : TrustPolicy.FEWEST_OUTPUTS - scores;
  }

  /** Whether people's choices test the judge, since scores are too few. */
  public boolean byChoices() {
    return !byRule && missingScores == 0 && scores < TrustPolicy.FEWEST_OUTPUTS;
  }

  /** Whether nothing is missing. */
  public boolean isOpen() {
    return missingInputs == 0 && missingScores == 0;
  }

  /** The least difference in mean reward that the sealed inputs show, 80 times in 100. */
  public OptionalDouble effect() {
    return effect(sealed);
  }

  /** The same with {@link #GOOD_INPUTS}. */
  public static OptionalDouble goodEffect() {
    return effect(GOOD_SEALED);
  }

  private static OptionalDouble effect(int tasks) {
    return Power.detectableEffect(tasks, Power.TYPICAL_SD, LevelSpending.first());
  }
}
