package dev.lightningbridge.optimize.verdict;

import dev.lightningbridge.common.Figures;
import dev.lightningbridge.common.TestLevel;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.dataset.TaskSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether the new prompt may replace the current one, and why.
 *
 * @param sentence the reason in plain words, for the first line
 * @param remarks what else should be known, each a sentence
 * @param test null where nothing was measured
 */
public record Verdict(
    Decision decision,
    Reason reason,
    String sentence,
    List<String> remarks,
    @Nullable TestResult test) {
  /** As in {@link TestLevel}. */
  public static final double LEVEL = TestLevel.LEVEL;

  /** What is to be done. */
  public enum Decision {
    PROMOTE,
    HOLD
  }

  /** Why. */
  public enum Reason {
    SIGNIFICANTLY_BETTER,
    SAME_PROMPT,
    TOO_FEW_TASKS,
    NOT_SIGNIFICANT,
    EFFECT_TOO_SMALL,
    BUDGET_RAN_OUT,
    CANCELLED,
    JUDGE_NOT_TRUSTED,
    WORSE_IN_A_GROUP,
    GROUP_TOO_SMALL,
    TOO_FEW_EXAMPLES,
    NOT_MEASURED,
    WAITING_FOR_PEOPLE,
    NOTHING_TO_GAIN,
    NOTHING_TO_LEARN
  }

  public Verdict {
    remarks = List.copyOf(remarks);
  }

  /** The search found nothing better than the current prompt, so there is nothing to test. */
  public static Verdict samePrompt() {
    return hold(
        Reason.SAME_PROMPT,
        "The search found no prompt that did better on the validation tasks than the current one.",
        null);
  }

  /** There is no sealed test task at all. */
  public static Verdict withoutTasks() {
    return hold(Reason.TOO_FEW_TASKS, "There is no sealed test task." + more(0, LEVEL), null);
  }

  /** The tasks are so few that no result whatever would reach the level: they stay sealed. */
  public static Verdict tooFewTasks(int tasks, double level) {
    return hold(Reason.TOO_FEW_TASKS, tooFew(tasks, level), null);
  }

  /** The verdict of a test of prompts that was carried out to its end, whatever the gain. */
  public static Verdict of(TestResult test) {
    return of(test, Compared.PROMPTS, 0);
  }

  /**
   * The verdict of a test that was carried out to its end.
   *
   * @param leastEffect as {@link TestCriterion#leastEffect}
   */
  static Verdict of(TestResult test, Compared compared, double leastEffect) {
    if (test.n() < SignFlips.fewestTasks(test.level())) {
      return hold(Reason.TOO_FEW_TASKS, tooFew(test.n(), test.level()), test);
    }
    if (!test.passed()) {
      return hold(
          Reason.NOT_SIGNIFICANT,
          "There is no proof that the %s is better: %s"
              .formatted(compared.winner(), figures(test, compared)),
          test);
    }
    if (test.difference() < leastEffect) {
      return hold(
          Reason.EFFECT_TOO_SMALL,
          "The %s is better, but by less than the least effect of %s: %s"
              .formatted(compared.winner(), Figures.level(leastEffect), figures(test, compared)),
          test);
    }
    return new Verdict(
        Decision.PROMOTE,
        Reason.SIGNIFICANTLY_BETTER,
        "The %s is better: %s".formatted(compared.winner(), figures(test, compared)),
        remarks(test),
        test);
  }

  /**
   * The verdict where the budget ran out before the test's end.
   *
   * @param test over the tasks that both prompts were run on; null where there is none
   * @param planned how many tasks there are
   */
  public static Verdict budgetRanOut(@Nullable TestResult test, int planned, Compared compared) {
    String known = test == null ? "" : " So far: " + figures(test, compared);
    return hold(
        Reason.BUDGET_RAN_OUT,
        "The budget ran out after %d of %d sealed test tasks.%s"
            .formatted(test == null ? 0 : test.n() + test.excluded(), planned, known),
        test);
  }

  /** This verdict, held where it rests on a judge that is not trusted. */
  public Verdict heldForJudge(String why) {
    List<String> all = new ArrayList<>(remarks);
    if (decision == Decision.HOLD) {
      all.add("Besides, the judge is not trusted: " + why);
      return new Verdict(decision, reason, sentence, all, test);
    }
    all.add(0, "If the judge were trusted: " + sentence);
    return new Verdict(
        Decision.HOLD,
        Reason.JUDGE_NOT_TRUSTED,
        "The judge that measured this is not trusted: " + why,
        all,
        test);
  }

  /** This verdict of PROMOTE, held for what became of groups of tasks. */
  Verdict heldForGroups(Reason why, String what) {
    List<String> all = new ArrayList<>(remarks);
    all.add(0, "On all tasks together: " + sentence);
    return new Verdict(Decision.HOLD, why, what, all, test);
  }

  /** This verdict, which says first that the search was ended early. */
  public Verdict ofSearchCutShort(String why) {
    if (decision == Decision.HOLD) {
      return new Verdict(decision, reason, why + " " + sentence, remarks, test);
    }
    List<String> all = new ArrayList<>(remarks);
    all.add(0, why);
    return new Verdict(decision, reason, sentence, all, test);
  }

  /** This verdict with one more remark. */
  public Verdict withRemark(String remark) {
    List<String> all = new ArrayList<>(remarks);
    all.add(remark);
    return new Verdict(decision, reason, sentence, all, test);
  }

  /** This verdict, its first line saying how many of the tasks tested on are made up, if any. */
  public Verdict restingOn(List<Task> tasks) {
    long synthetic = tasks.stream().filter(task -> task.source() == TaskSource.SYNTHETIC).count();
    return test == null || synthetic == 0
        ? this
        : qualified("%d of the %d test tasks are synthetic.".formatted(synthetic, tasks.size()));
  }

  /** This verdict, its first line ending with one more sentence. */
  public Verdict qualified(String by) {
    return new Verdict(decision, reason, sentence + " " + by, remarks, test);
  }

  private static Verdict hold(Reason reason, String sentence, @Nullable TestResult test) {
    return new Verdict(
        Decision.HOLD, reason, sentence, test == null ? List.of() : remarks(test), test);
  }

  private static String tooFew(int tasks, double level) {
    return "%s too few for a verdict.%s"
        .formatted(
            tasks == 1 ? "1 sealed test task is" : tasks + " sealed test tasks are",
            more(tasks, level));
  }

  private static String more(int tasks, double level) {
    return " %d more at the least, %d for a difference of 0.2; give them with --tasks."
        .formatted(
            SignFlips.fewestTasks(level) - tasks,
            Power.tasksNeeded(0.2, Power.TYPICAL_SD, level).orElseThrow() - tasks);
  }

  private static String figures(TestResult test, Compared compared) {
    return "on %d sealed test task%s its mean reward is %s, %s %s; a difference of %s"
            .formatted(
                test.n(),
                test.n() == 1 ? "" : "s",
                Figures.decimal(test.winnerMean()),
                compared.other(),
                Figures.decimal(test.baselineMean()),
                Figures.signed(test.difference()))
        + " (%s %% interval %s to %s, p %s; needed: p ≤ %s)."
            .formatted(
                Figures.percent(test.confidence()),
                Figures.signed(test.ci().low()),
                Figures.signed(test.ci().high()),
                Figures.p(test.p(), test.level()),
                Figures.level(test.level()));
  }

  private static List<String> remarks(TestResult test) {
    List<String> remarks = new ArrayList<>();
    remarks.add(
        "Better on %d, worse on %d, equal on %d of %d tasks."
            .formatted(
                test.better(), test.worse(), test.n() - test.better() - test.worse(), test.n()));
    if (test.detectableEffect() != null) {
      remarks.add(
          "So many tasks, with differences spread as here, show an effect of %s or more reliably (80 %% power)."
              .formatted(Figures.decimal(test.detectableEffect())));
    }
    if (test.excluded() > 0) {
      remarks.add(
          "%d task%s left out since model, network or grader failed."
              .formatted(test.excluded(), test.excluded() == 1 ? " was" : "s were"));
    }
    return remarks;
  }
}
