package dev.lightningbridge.optimize.demonstrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.lightningbridge.dataset.Expected;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.dataset.TaskSource;
import dev.lightningbridge.dataset.split.Split;
import dev.lightningbridge.optimize.demonstrations.Demonstrations.Stretch;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What may stand in a prompt as an example, and how. */
class DemonstrationsTest {
  private static final Task TRAIN = task("t1", "the soup was warm and the waiter kind", "positive");
  private static final Task UNKNOWN = task("t2", "they closed before we had ordered", null);
  private static final Task VALIDATION = task("v1", "a film of three long hours", "negative");
  private static final Task SEALED = task("s1", "my phone broke on the second day", "negative");

  @Test
  void train_tasks_whose_output_is_known_are_examples_and_no_others_are() {
    assertThat(of(split(List.of(TRAIN, UNKNOWN)), List.of()).all())
        .containsExactly(
            new Demonstration("t1", TRAIN.input(), "positive", "expected by the task"));
  }

  @Test
  void an_answer_that_a_pooled_session_expects_says_whose_it_is() {
    Task pooled =
        new Task(
            "t6",
            "the bill came twice",
            Expected.ofText("negative"),
            List.of(),
            "S2",
            TaskSource.PROVIDED,
            null);
    Demonstrations examples =
        Demonstrations.of(
            split(List.of(TRAIN, pooled)), List.of(), "Rate.", Map.of("S2", "Returns"));
    assertThat(examples.all())
        .extracting(Demonstration::origin)
        .containsExactly("expected by the task", "expected by the task of session Returns");
  }

  @Test
  void what_nearly_is_a_validation_or_a_sealed_task_is_none() {
    Task likeSealed = task("t3", "My phone broke on the second day!", "negative");
    Task likeValidation = task("t4", "A film: of three long hours", "negative");
    assertThat(of(split(List.of(TRAIN, likeSealed, likeValidation)), List.of()).all())
        .extracting(Demonstration::task)
        .containsExactly("t1");
  }

  @Test
  void of_what_people_scored_high_only_answers_to_train_tasks_count() {
    Demonstration praised =
        new Demonstration("x", UNKNOWN.input(), "negative", "output of lineage B, version 3");
    Demonstration onSealed = new Demonstration("s1", SEALED.input(), "negative", "output");
    assertThat(of(split(List.of(TRAIN, UNKNOWN)), List.of(praised, onSealed)).all())
        .extracting(Demonstration::task, Demonstration::origin)
        .containsExactly(
            tuple("t1", "expected by the task"), tuple("t2", "output of lineage B, version 3"));
  }

  @Test
  void a_prompt_with_places_for_values_takes_none() {
    assertThat(Demonstrations.of(split(List.of(TRAIN)), List.of(), "Rate this: {{text}}").isEmpty())
        .isTrue();
  }

  @Test
  void examples_stand_in_the_form_that_the_prompt_has() {
    String prompt = "Rate reviews.\n\nReview: so good\nLabel: positive";
    Demonstrations own = Demonstrations.of(split(List.of(TRAIN)), List.of(), prompt);
    String with = own.form().with(prompt, own.all());
    assertThat(with)
        .isEqualTo(prompt + "\n\nReview: the soup was warm and the waiter kind\nLabel: positive");
    assertThat(own.in(with)).isEqualTo(own.all());
    assertThat(own.in(prompt)).isEmpty();
  }

  @Test
  void examples_one_after_the_other_are_one_stretch_of_the_prompt() {
    Task other = task("t5", "cold chips, never again", "negative");
    Demonstrations both = of(split(List.of(TRAIN, other)), List.of());
    String prompt = both.form().with("Rate.", both.all());
    assertThat(both.placesIn(prompt))
        .containsExactly(new Stretch(prompt.indexOf("Input:"), prompt.length()));
    assertThat(both.placesIn("Rate.")).isEmpty();
  }

  private static Demonstrations of(Split split, List<Demonstration> praised) {
    return Demonstrations.of(split, praised, "Rate.");
  }

  private static Split split(List<Task> train) {
    return new Split(train, List.of(VALIDATION), List.of(SEALED));
  }

  private static Task task(String id, String input, @Nullable String expected) {
    return new Task(id, input, expected, List.of(), null, TaskSource.PROVIDED);
  }
}
