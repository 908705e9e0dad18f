package dev.lightningbridge.grading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.dataset.Check;
import dev.lightningbridge.dataset.Task;
import dev.lightningbridge.dataset.TaskSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuleGraderTest {
  static Task task(String expected, Check... checks) {
    return new Task("t1", "in", expected, List.of(checks), null, TaskSource.PROVIDED);
  }

  private static Grader grader(GraderChoice choice, Task... tasks) {
    return ((GradedBy.Rule) GradedBy.of(choice, null, List.of(tasks), true)).grader();
  }

  static Grade grade(GraderChoice choice, Task task, String output) throws Exception {
    return grader(choice, task).grade(task, output);
  }

  @ParameterizedTest
  @CsvSource(
      ignoreLeadingAndTrailingWhitespace = false,
      value = {"P1,P1,1", "P1,' P1\n',1", "P1,p1,0", "P1,P1.,0", "'a\nb','a\r\nb',1", "é,é,1"})
  void exact_overlooks_only_outer_white_space_line_endings_and_unicode_form(
      String expected, String output, double reward) throws Exception {
    assertThat(grade(GraderChoice.EXACT, task(expected), output).reward()).isEqualTo(reward);
  }

  @Test
  void contains_takes_the_share_of_the_texts_held_case_ignored() throws Exception {
    Task task = task(null, new Check.Contains("STRASSE"), new Check.Contains("Berlin"));

    Grade grade = grade(GraderChoice.CONTAINS, task, "In der Straße 5");

    assertThat(grade.reward()).isEqualTo(0.5);
    assertThat(grade.feedback()).isEqualTo("1 of 2 as expected. Wrong: lacks \"Berlin\".");
  }

  @Test
  void contains_without_checks_looks_for_the_expected_output() throws Exception {
    assertThat(grade(GraderChoice.CONTAINS, task("P1"), "It is p1, I think").reward()).isOne();
    assertThat(grade(GraderChoice.CONTAINS, task("P1"), "It is P2").reward()).isZero();
  }

  @Test
  void regex_needs_a_match_anywhere() throws Exception {
    Task task = task(null, new Check.Matches("^final_choice: \\w+$"), new Check.Matches("\\d{4}"));

    assertThat(grade(GraderChoice.REGEX, task, "final_choice: B2").reward()).isEqualTo(0.5);
    assertThat(grade(GraderChoice.REGEX, task("P[1-4]"), "so P3.").reward()).isOne();
  }

  @Test
  void a_pattern_that_backtracks_for_ages_is_an_error_and_not_a_hang() {
    Task task = task(null, new Check.Matches("^(a+)+\\1c$"));

    assertThatThrownBy(() -> grade(GraderChoice.REGEX, task, "a".repeat(50) + "b"))
        .isInstanceOf(BridgeException.class)
        .hasMessageContaining("LB-4004");
    Task deep = task(null, new Check.Matches("^(a|b)*c$"));
    assertThatThrownBy(() -> grade(GraderChoice.REGEX, deep, "ab".repeat(200_000)))
        .hasMessageContaining("LB-4004");
  }

  @Test
  void json_takes_the_share_of_expected_members_by_path_numbers_by_value() throws Exception {
    Task task =
        task(
            """
            {"priority": "P1", "amount": 12.5, "due": null, "who": {"name": "Ann", "tags": [1, "b"]}}
            """);
    String output =
        """
        {"amount": 1.25e1, "priority": "P2", "due": null, "extra": true,
         "who": {"tags": [1.0, "b"]}}
        """;

    Grade grade = grade(GraderChoice.JSON, task, output);

    assertThat(grade.reward()).isCloseTo(3 / 5.0, within(1e-12));
    assertThat(grade.feedback())
        .isEqualTo(
            "3 of 5 as expected. Wrong: priority should be \"P1\" and is \"P2\";"
                + " who.name should be \"Ann\" and is missing.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "```json {\"a\": 1} ```",
        "Here: {\"a\": 1}",
        "{\"a\": 1} {\"a\": 1}",
        "{\"a\": 1, \"a\": 2}",
        "{\"a\": 1e999999999}",
        "[1]",
        "''",
        "{\"a\": \"1\"}"
      })
  void json_with_anything_around_it_or_of_another_kind_is_worth_nothing(String output)
      throws Exception {
    assertThat(grade(GraderChoice.JSON, task("{\"a\": 1}"), output).reward()).isZero();
  }

  @Test
  void json_fields_of_checks_reach_into_arrays() throws Exception {
    Task task =
        task(
            null,
            new Check.JsonField("items.1.price", "2.50"),
            new Check.JsonField("items.9.price", "1"));

    Grade grade = grade(GraderChoice.JSON, task, "{\"items\":[{\"price\":1},{\"price\":2.5}]}");

    assertThat(grade.reward()).isEqualTo(0.5);
  }
}
