package dev.lightningbridge.optimize.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lightningbridge.dataset.Outcome;
import dev.lightningbridge.dataset.Rollout;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.dataset.TaskSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RemarksTest {
  private static final String START = "Classify the message.";
  private static final String QUESTION =
      "A customer from Oslo writes about refund, case %d: what to do?";

  private final List<Task> tasks = new ArrayList<>();
  private final List<PairedRollout> pairs = new ArrayList<>();

  @Test
  void a_prompt_that_holds_task_inputs_word_for_word_says_so_and_how_many_are_sealed() {
    add(QUESTION.formatted(1), "billing", "billing", "billing", true);
    add(QUESTION.formatted(2), "sales", "sales", "sales", false);
    add(QUESTION.formatted(3), "sales", "sales", "sales", false);
    String winner =
        START
            + "\n"
            + QUESTION.formatted(1).toUpperCase()
            + " => billing\n"
            + QUESTION.formatted(2);
    assertThat(of(winner))
        .contains(
            "The new prompt holds 2 task inputs word for word, 1 of the sealed test's, such as"
                + " \"A customer from Oslo writes about refund, case 1: what to do?\".");
    assertThat(of(START + " Be brief.")).isEmpty();
  }

  @Test
  void a_prompt_that_holds_an_expected_answer_says_so_but_a_label_is_no_answer() {
    add("q1", "The delivery takes three days within Norway.", "", "", false);
    add("q2", "billing", "billing", "billing", false);
    assertThat(of(START + " billing, sales. The delivery takes three days within Norway."))
        .singleElement()
        .asString()
        .startsWith("The new prompt holds 1 expected answer word for word, none of the sealed");
  }

  @Test
  void what_the_start_held_already_is_not_copied() {
    add(QUESTION.formatted(1), "billing", "billing", "billing", true);
    String start = START + " Example: " + QUESTION.formatted(1);
    assertThat(Remarks.of(start, start + " Be brief.", tasks, pairs)).isEmpty();
  }

  @Test
  void outputs_that_are_all_the_same_are_said_to_be() {
    for (int i = 0; i < 6; i++) {
      add("question " + i, null, "answer " + i, "Please call us.", true);
    }
    assertThat(of(START + " Be brief."))
        .containsExactly("All 6 outputs of the new prompt are the same text: \"Please call us.\".");
  }

  @Test
  void a_label_that_is_never_right_any_more_is_named() {
    for (int i = 0; i < 6; i++) {
      add("question " + i, "sales", "billing", "sales", true);
    }
    add("question 7", "legal", "legal", "sales", true);
    add("question 8", "legal", "sales", "billing", true);
    assertThat(of(START + " Be brief."))
        .containsExactly(
            "Of the 2 sealed test tasks whose answer is \"legal\" the new prompt gets none right"
                + " any more; the current one's mean reward there is 0.50.");
  }

  @Test
  void places_and_tags_of_the_start_that_are_gone_are_named() {
    String start = "Answer {{customer}} in {language}. <rules>Be kind.</rules> Cost: {\"a\": 1}";
    assertThat(Remarks.of(start, "Answer {{customer}}. <rules>Be kind.", tasks, pairs))
        .containsExactly(
            "The new prompt lacks 2 places or tags of the current one: {language}, </rules>.");
  }

  @Test
  void growth_is_told_in_characters() {
    assertThat(of(START + " Be careful.".repeat(3000)))
        .containsExactly("The prompt grew from 21 to 36,021 characters.");
  }

  @Test
  void of_the_same_prompt_there_is_nothing_to_say() {
    assertThat(of(START)).isEmpty();
  }

  private List<String> of(String winner) {
    return Remarks.of(START, winner, tasks, pairs);
  }

  private void add(
      String input, @Nullable String expected, String before, String after, boolean sealed) {
    Task task = new Task("t" + tasks.size(), input, expected, List.of(), null, TaskSource.PROVIDED);
    tasks.add(task);
    if (sealed) {
      pairs.add(new PairedRollout(task, rollout(task, before), rollout(task, after)));
    }
  }

  private static Rollout rollout(Task task, String output) {
    double reward = output.equals(task.expectedText()) ? 1 : 0;
    return new Rollout(task, "p", List.of(), output, new Outcome.Rewarded(reward, ""));
  }
}
