package dev.lightningbridge.model.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.dataset.TaskSource;
import dev.lightningbridge.grading.Grade;
import dev.lightningbridge.grading.JudgeGrader;
import dev.lightningbridge.grading.Rubric;
import dev.lightningbridge.model.ChatModel;
import dev.lightningbridge.model.ChatRequest;
import dev.lightningbridge.model.ModelException;
import dev.lightningbridge.model.ModelRole;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JudgeTest {
  private static final long SEED = 5;
  private static final Rubric RUBRIC =
      new Rubric(
          "Sort the mail.",
          "Be brief.",
          List.of("Stay friendly."),
          List.of(new Rubric.Example("# Input\nold", "# Output\nold", 3, "Ticket #1\nno")));

  private final SandboxTruth truth = SandboxTruth.ofSeed(SEED);
  private final Map<JudgeHabit, ChatModel> models = new HashMap<>();

  @ParameterizedTest
  @EnumSource
  void a_careful_judge_gives_the_true_reward_rounded_to_the_scale(SandboxDomain name)
      throws ModelException {
    for (Case c : cases(name)) {
      Grade grade = grade(JudgeHabit.CAREFUL, c);
      assertThat(grade.reward()).isCloseTo(c.reward(), within(0.5 / 9 + 1e-9));
    }
  }

  @ParameterizedTest
  @EnumSource
  void its_reason_names_only_requirements_that_are_broken_and_most_of_them(SandboxDomain name)
      throws ModelException {
    int broken = 0;
    int named = 0;
    for (Case c : cases(name)) {
      List<String> violated = truth.violated(c.input(), c.output());
      String reason = grade(JudgeHabit.CAREFUL, c).feedback();
      String rest = reason;
      for (String fault : violated) {
        broken++;
        named += reason.contains(fault) ? 1 : 0;
        rest = rest.replace(fault, "").strip();
      }
      assertThat(rest)
          .isIn(
              "It meets every requirement.",
              "It does not meet every requirement.",
              "It breaks requirements:");
    }
    assertThat((double) named / broken).isBetween(0.55, 0.85);
  }

  @Test
  void with_scalar_feedback_it_names_nothing() throws ModelException {
    ChatModel model = SandboxModel.builder().seed(SEED).feedback(Feedback.SCALAR).build();
    for (Case c : cases(SandboxDomain.EXTRACT)) {
      assertThat(grade(model, c).feedback())
          .isIn("It meets every requirement.", "It does not meet every requirement.");
    }
  }

  @Test
  void noise_spoils_a_judge_little_a_coin_flip_wholly() throws ModelException {
    assertThat(agreement(JudgeHabit.CAREFUL)).isGreaterThan(0.98);
    assertThat(agreement(JudgeHabit.named("noisy"))).isBetween(0.6, 0.97);
    assertThat(agreement(JudgeHabit.named("coin-flip"))).isBetween(-0.2, 0.2);
  }

  @Test
  void a_length_loving_judge_scores_by_length() throws ModelException {
    Task task = task("Say something.");
    JudgeGrader judge = new JudgeGrader(model(JudgeHabit.named("length-loving")), "any", RUBRIC);
    assertThat(judge.grade(task, "Yes.").reward()).isZero();
    assertThat(judge.grade(task, "Word ".repeat(30)).reward()).isBetween(0.3, 0.9);
    assertThat(judge.grade(task, "Word ".repeat(200)).reward()).isEqualTo(1);
  }

  @Test
  void a_noisy_judge_differs_from_time_to_time_and_a_careful_one_does_not() throws ModelException {
    ChatRequest request =
        ChatRequest.of(
            ModelRole.JUDGE,
            "any-judge",
            "",
            "# Input\nWhat now?\n\n# Output\nOf course! Sorry.\n# Output\nOf course!",
            0);
    List<String> noisy = new ArrayList<>();
    List<String> careful = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      noisy.add(model(JudgeHabit.named("noisy")).complete(request.withOrdinal(i)).text());
      careful.add(model(JudgeHabit.CAREFUL).complete(request.withOrdinal(i)).text());
    }
    assertThat(noisy.stream().distinct().count()).isGreaterThan(2);
    assertThat(careful.stream().distinct()).hasSize(1);
  }

  private record Case(String input, String output, double reward) {}

  /** Outputs of all qualities. */
  private List<Case> cases(SandboxDomain name) throws ModelException {
    ChatModel worker = model(JudgeHabit.CAREFUL);
    List<Case> cases = new ArrayList<>();
    for (String input : truth.inputs(name, 25)) {
      for (String prompt : List.of(truth.seedPrompt(name), truth.bestPrompt(name))) {
        String output =
            worker.complete(ChatRequest.of(ModelRole.WORKER, "any", prompt, input, 0)).text();
        cases.add(new Case(input, output, truth.trueReward(input, output)));
      }
    }
    return cases;
  }

  /** Pearson's correlation of the judge's and the true rewards. */
  private double agreement(JudgeHabit habit) throws ModelException {
    List<Case> cases = new ArrayList<>();
    for (SandboxDomain name : SandboxDomain.values()) {
      cases.addAll(cases(name));
    }
    double n = cases.size();
    double sx = 0;
    double sy = 0;
    double sxx = 0;
    double syy = 0;
    double sxy = 0;
    for (Case c : cases) {
      double x = c.reward();
      double y = grade(habit, c).reward();
      sx += x;
      sy += y;
      sxx += x * x;
      syy += y * y;
      sxy += x * y;
    }
    return (n * sxy - sx * sy) / Math.sqrt((n * sxx - sx * sx) * (n * syy - sy * sy));
  }

  private Grade grade(JudgeHabit habit, Case c) throws ModelException {
    return grade(model(habit), c);
  }

  private static Grade grade(ChatModel model, Case c) throws ModelException {
    return new JudgeGrader(model, "any", RUBRIC).grade(task(c.input()), c.output());
  }

  private ChatModel model(JudgeHabit habit) {
    return models.computeIfAbsent(habit, h -> SandboxModel.builder().seed(SEED).judge(h).build());
  }

  private static Task task(String input) {
    return new Task("t", input, null, List.of(), null, TaskSource.PROVIDED);
  }
}
