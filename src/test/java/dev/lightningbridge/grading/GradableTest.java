package dev.lightningbridge.grading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.dataset.TaskSource;
import java.util.List;
import org.junit.jupiter.api.Test;

class GradableTest {
  private static final Task GIVEN =
      new Task("t1", "Is it?", "yes", List.of(), null, TaskSource.PROVIDED);
  private static final Task BARE =
      new Task("t2", "Is it now?", null, List.of(), null, TaskSource.PROVIDED);
  private static final Task CAPTURED =
      new Task("task-1f", "What\nnow?", null, List.of(), "S1", TaskSource.CAPTURED);

  @Test
  void captured_inputs_that_a_rule_cannot_grade_are_left_out_and_told_by_their_text() {
    Gradable fit = Gradable.of(GraderChoice.EXACT, List.of(GIVEN, CAPTURED));

    assertThat(fit.tasks()).containsExactly(GIVEN);
    assertThat(fit.leftInWords())
        .contains(
            "1 captured input is left out, since grader exact has nothing to compare outputs"
                + " with: \"What\\u000anow?\".");
  }

  @Test
  void what_people_gave_is_never_left_out_nor_all_there_is() {
    assertThat(Gradable.of(GraderChoice.JSON, List.of(BARE, CAPTURED)).tasks())
        .containsExactly(BARE);
    assertThat(Gradable.of(GraderChoice.EXACT, List.of(CAPTURED)).tasks())
        .containsExactly(CAPTURED);
    assertThat(Gradable.of(GraderChoice.AUTO, List.of(GIVEN, CAPTURED)).left()).isEmpty();
    assertThat(Gradable.of(GraderChoice.JUDGE, List.of(GIVEN, CAPTURED)).left()).isEmpty();
    assertThatThrownBy(() -> GradedBy.of(GraderChoice.EXACT, null, List.of(CAPTURED), true))
        .hasMessageContaining("LB-4002")
        .hasMessageContaining("What\\u000anow?");
  }
}
