package dev.lightningbridge.optimize.verdict;

import dev.lightningbridge.common.Figures;
import dev.lightningbridge.optimize.verdict.Verdict.Decision;
import dev.lightningbridge.optimize.verdict.Verdict.Reason;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is said of people's choices between the outputs of two prompts. */
public final class PeopleWords {
  /** How the reason of a run begins that waits for people. */
  public static final String WAITING = "The sealed test waits for people";

  /** The shares of choices by which the power of a test is told. */
  private static final double CLEAR = 0.8;

  private static final double SLIGHT = 0.65;

  private PeopleWords() {}

  /** What so many pairs can show, said before the first one is looked at. */
  public static String beforehand(int pairs, double level) {
    int needed = PeopleChoices.needed(pairs, level);
    if (needed > pairs) {
      return "%s, by which nothing can be shown: p must be %s or less, which takes %d at the least."
          .formatted(
              Figures.counted(pairs, "pair"), Figures.level(level), SignFlips.fewestTasks(level));
    }
    return ("%s: the new prompt's output must be chosen in %d of them, if there are no ties (p ≤ %s)."
            + " Where people prefer it four times in five, that happens in %s of such tests; where"
            + " they prefer it two times in three, in %s.")
        .formatted(
            Figures.counted(pairs, "pair"),
            needed,
            Figures.level(level),
            Figures.share(PeopleChoices.power(pairs, CLEAR, level)),
            Figures.share(PeopleChoices.power(pairs, SLIGHT, level)));
  }

  /** The verdict of a run that waits for people; the same one where its test has no end. */
  public static Verdict waiting(Verdict graded) {
    if (graded.test() == null
        || graded.reason() == Reason.BUDGET_RAN_OUT
        || graded.reason() == Reason.TOO_FEW_TASKS) {
      return graded;
    }
    List<String> remarks = new ArrayList<>(graded.remarks());
    remarks.add(0, "By the search's own grader: " + graded.sentence());
    return new Verdict(
        Decision.HOLD,
        Reason.WAITING_FOR_PEOPLE,
        WAITING + ": they choose between both prompts' outputs, blind.",
        remarks,
        graded.test());
  }

  /**
   * The verdict that people's choices come to.
   *
   * @param same tasks on which both prompts gave the same output, which are no pairs
   * @param judged the same with the judge's opinion of all tasks; null where people alone decide
   */
  public static Verdict verdict(
      PeopleChoices choices,
      int same,
      @Nullable PeopleWithJudge judged,
      @Nullable TestResult test) {
    boolean passed = judged == null ? choices.passed() : judged.passed();
    List<String> remarks = new ArrayList<>();
    remarks.add(
        "Chosen blind, on sides drawn by chance: %d of %s had a choice, which is for the new prompt in %s (%s %% interval %s to %s)."
            .formatted(
                choices.better() + choices.worse(),
                Figures.counted(choices.pairs(), "pair"),
                share(choices),
                Figures.percent(1 - 2 * choices.level()),
                Figures.share(choices.share().low()),
                Figures.share(choices.share().high())));
    if (same > 0) {
      remarks.add(
          "On %s both prompts gave the same output; %s not shown."
              .formatted(Figures.counted(same, "task"), same == 1 ? "it was" : "they were"));
    }
    if (judged != null) {
      remarks.add(
          ("People compared %d of %d tasks, drawn by chance, and corrected the judge, whose"
                  + " opinion of the others counts by %s.")
              .formatted(judged.compared(), judged.tasks(), Figures.decimal(judged.weight())));
    }
    return new Verdict(
        passed ? Decision.PROMOTE : Decision.HOLD,
        passed ? Reason.SIGNIFICANTLY_BETTER : Reason.NOT_SIGNIFICANT,
        (passed
                ? "People prefer the new prompt: "
                : "There is no proof that people prefer the new prompt: ")
            + figures(choices, judged),
        remarks,
        test);
  }

  private static String share(PeopleChoices choices) {
    int made = choices.better() + choices.worse();
    return made == 0 ? "none" : Figures.share((double) choices.better() / made);
  }

  private static String figures(PeopleChoices choices, @Nullable PeopleWithJudge judged) {
    String chosen =
        "its output was chosen in %s, the current one's in %d, neither in %d"
            .formatted(Figures.counted(choices.better(), "pair"), choices.worse(), choices.ties());
    String level = Figures.level(choices.level());
    return judged == null
        ? "%s (p %s by the exact sign test; needed: p ≤ %s)."
            .formatted(chosen, Figures.p(choices.p(), choices.level()), level)
        : ("%s; with the judge, it is better on %s of the tasks more than worse (%s %% interval %s to"
                + " %s, p %s; needed: p ≤ %s).")
            .formatted(
                chosen,
                Figures.share(judged.difference()),
                Figures.percent(1 - 2 * judged.level()),
                Figures.share(judged.ci().low()),
                Figures.share(judged.ci().high()),
                Figures.p(judged.p(), judged.level()),
                level);
  }
}
