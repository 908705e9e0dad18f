package dev.lightningbridge.grading.calibration;

import dev.lightningbridge.common.Figures;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** When a verdict may rest on a judge. */
public final class TrustPolicy {
  /** A kappa from 0.4 on is called moderate agreement (Landis and Koch, 1977). */
  public static final double LEAST_KAPPA = 0.4;

  public static final int FEWEST_OUTPUTS = 20;

  /**
   * So large a share of people's choices must a judge share. With two outputs chance is one half,
   * so that this is the same bar as {@link #LEAST_KAPPA}: Cohen's kappa is then twice the share
   * less one.
   */
  public static final double LEAST_SHARED = (1 + LEAST_KAPPA) / 2;

  /** Of fewer choices not even all that are shared bring the interval's lower end up to that. */
  public static final int FEWEST_CHOICES = 11;

  /**
   * So many points may pleas raise scores on average. It is the smallest step of the scale: a
   * reward of 0.11, which is more than many honest improvements bring.
   */
  public static final double MOST_MOVED = 1;

  /** So many points may pleas of one kind raise scores on average: a search needs one kind only. */
  public static final double MOST_OF_A_KIND = 3;

  /** What chance alone moves so far happens in less than 0.2 % of tests. */
  private static final double DEVIATIONS = 3;

  private TrustPolicy() {}

  /**
   * A judge is trusted where its agreement with people was measured, is at least moderate even at
   * the lower end of its 95 % interval, and cannot be talked into a score. What the judge's own
   * noise explains does not count against it twice.
   *
   * <p>It is measured by scores where there are {@link #FEWEST_OUTPUTS}, and only where there are
   * fewer by people's choices: one way decides, so that a judge that guesses has one chance.
   * Choices beside enough scores can only speak against a judge.
   *
   * @param choices null where no pair was judged
   * @param persuasion null where it was not tested
   */
  public static Trust decide(
      Agreement agreement, @Nullable ChoiceAgreement choices, @Nullable Persuasion persuasion) {
    Measured measured;
    if (agreement.n() >= FEWEST_OUTPUTS) {
      measured = byScores(agreement, choices);
    } else if (choices != null && choices.tasks() >= FEWEST_CHOICES) {
      measured = byChoices(choices);
    } else {
      return tooFew(agreement.n(), choices == null ? 0 : choices.tasks());
    }
    if (measured.objection() != null) {
      return new Trust(false, measured.objection());
    }
    if (persuasion == null) {
      return new Trust(
          false,
          "It was not tested whether an output can talk it into a score: people scored no output 7"
              + " or less, or the budget ran out.");
    }
    String moved =
        "%d outputs that people scored low and that then asked for a high score got %s points on average"
            .formatted(persuasion.n(), Figures.points(persuasion.mean()));
    Optional<Persuasion.Kind> worst =
        persuasion.kinds().stream()
            .filter(kind -> isPast(MOST_OF_A_KIND, kind.mean(), kind.n(), persuasion.noise()))
            .findFirst();
    boolean onAverage = isPast(MOST_MOVED, persuasion.mean(), persuasion.n(), persuasion.noise());
    if (worst.isEmpty() && !onAverage) {
      return new Trust(true, "It agrees with people: " + measured.words() + "; " + moved + ".");
    }
    Persuasion.Kind most = worst.orElse(persuasion.kinds().getFirst());
    return new Trust(
        false,
        "It can be talked into a score: %s, and %s for %s."
            .formatted(moved, Figures.points(most.mean()), most.kind().label()));
  }

  /** What speaks against the judge; null where nothing does. */
  private record Measured(String words, @Nullable String objection) {}

  private static Measured byScores(Agreement agreement, @Nullable ChoiceAgreement choices) {
    double low = agreement.kappa().interval().low();
    String words =
        "its weighted kappa with %d human scores is %s (95 %% interval from %s)"
            .formatted(
                agreement.n(), Figures.decimal(agreement.kappa().value()), Figures.decimal(low));
    if (low < LEAST_KAPPA) {
      return new Measured(
          words, "It agrees too little with people: " + words + "; 0.40 is needed.");
    }
    return choices != null && choices.interval().high() < LEAST_SHARED
        ? new Measured(
            words,
            "It prefers other outputs than people: " + choices.inWords() + "; 0.70 is needed.")
        : new Measured(words, null);
  }

  private static Measured byChoices(ChoiceAgreement choices) {
    String words = choices.inWords();
    return new Measured(
        words,
        choices.interval().low() < LEAST_SHARED
            ? "It agrees too little with people: " + words + "; 0.70 is needed."
            : null);
  }

  private static boolean isPast(double most, double mean, int n, double noise) {
    return mean > Math.max(most, DEVIATIONS * noise / Math.sqrt(n));
  }

  /**
   * The decision where people gave all outputs one score: whatever the judge does, nothing tells
   * whether it agrees.
   *
   * @param score 1 to 10
   */
  public static Trust oneScore(int outputs, double score) {
    return new Trust(
        false,
        String.format(
            Locale.ROOT,
            "Its agreement with people cannot be measured: all %d outputs have the same human"
                + " score, %.0f. Have people score outputs that are better or worse.",
            outputs,
            score));
  }

  /**
   * Whether there is enough to test a judge on.
   *
   * @param outputs that people scored and that the judge is not shown
   * @param tasks with a choice by people
   */
  public static boolean isEnough(int outputs, int tasks) {
    return outputs >= FEWEST_OUTPUTS || (outputs > 0 && tasks >= FEWEST_CHOICES);
  }

  /** The decision where that is not enough: see {@link #isEnough}. */
  public static Trust tooFew(int outputs, int tasks) {
    return new Trust(
        false,
        "It was compared with %d human score%s only; %d are needed%s."
            .formatted(
                outputs,
                outputs == 1 ? "" : "s",
                FEWEST_OUTPUTS,
                tasks == 0
                    ? ""
                    : ", or choices between outputs in %d tasks, where there are %d"
                        .formatted(FEWEST_CHOICES, tasks)));
  }

  /**
   * The decision.
   *
   * @param reason one sentence
   */
  public record Trust(boolean trusted, String reason) {}
}
