package dev.lightningbridge.grading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.lightningbridge.common.Json;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JudgeAnswerTest {
  static Stream<Arguments> readable() {
    return Stream.of(
        arguments("{\"score\": 7, \"reason\": \"fine\"}", 7.0, "fine"),
        arguments("{\"score\": \"7\", \"reason\": \"fine\"}", 7.0, "fine"),
        arguments("{\"score\": 7.5, \"reason\": \"fine\"}", 7.5, "fine"),
        arguments("{\"score\": 7}", 7.0, ""),
        arguments("```json\n{\"score\": 7, \"reason\": \"fine\"}\n```", 7.0, "fine"),
        arguments("{\"reason\": \"fine\", \"score\": 7, \"extra\": {\"a\": 1}}", 7.0, "fine"),
        arguments("{\"Score\": 7, \"Reason\": \"fine\"}", 7.0, "fine"),
        arguments("{\"score\": \"7/10\", \"reason\": \"fine\"}", 7.0, "fine"),
        arguments("{\"score\": 7/10, \"reason\": \"fine\"}", 7.0, "fine"),
        arguments("Score: 7\nReason: fine", 7.0, "fine"),
        arguments(
            "{\"score\": 7, \"reason\": \"he said \"no\" to it\"}", 7.0, "he said \"no\" to it"),
        arguments(
            "{\"reason\": \"he said \"no\" to it\", \"score\": 7}", 7.0, "he said \"no\" to it"),
        arguments("{'score': 7, 'reason': 'fine'}", 7.0, "fine"),
        arguments("{\"score\": 7, \"reason\": \"line\nbreak\"}", 7.0, "line\nbreak"),
        arguments("{\"score\": 7, \"reason\": \"fine\",}", 7.0, "fine"),
        arguments("[{\"score\": 7, \"reason\": \"fine\"}]", 7.0, "fine"),
        arguments("{\"score\": 7, \"reason\": null}", 7.0, ""),
        arguments(
            "{\"score\": 7, \"reason\": \"the object {\\\"a\\\":1} is right\"} ",
            7.0,
            "the object {\"a\":1} is right"),
        arguments(
            "{\"score\": 7, \"reason\": \"in \\(x\\) {braces} compared\"}",
            7.0,
            "in (x) {braces} compared"),
        arguments(
            "{\"score\": 7, \"reason\": \"in \\\\(x\\\\) {braces}\"}", 7.0, "in \\(x\\) {braces}"),
        arguments("{score: 7, reason: \"fine\"}", 7.0, "fine"),
        arguments(
            "{\"score\": 9, \"reason\": \"ok\"} {\"score\": 9, \"reason\": \"ok\"}", 9.0, "ok"),
        arguments("{\"result\": {\"score\": 7, \"reason\": \"fine\"}}", 7.0, "fine"),
        arguments(
            "My verdict:\n{\"score\": 7, \"reason\": \"fine\"}\nI hope {this} helps.", 7.0, "fine"),
        arguments("The input was {\"a\": 1}. {\"score\": 7, \"reason\": \"fine\"}", 7.0, "fine"),
        arguments("Here is my verdict:\n```json\n{\"score\": 9, \"reason\": \"x\"}\n```", 9.0, "x"),
        arguments("Score: 7/10", 7.0, "Score: 7/10"),
        arguments("**Score:** 8", 8.0, "**Score:** 8"),
        arguments("**Score**: 8 / 10\n\n**Reason:** fine", 8.0, "fine"),
        arguments("### Score (1-10): 8", 8.0, "### Score (1-10): 8"),
        arguments("The score is 8.", 8.0, "The score is 8."),
        arguments("<score>8</score>", 8.0, "<score>8</score>"),
        arguments("\"9\"", 9.0, "\"9\""),
        arguments("7.5", 7.5, "7.5"),
        arguments("9/10", 9.0, "9/10"),
        arguments(
            "I would give this a solid 8 out of 10!",
            8.0,
            "I would give this a solid 8 out of 10!"));
  }

  @ParameterizedTest
  @MethodSource("readable")
  void a_score_is_read_in_the_forms_of_real_judges(String text, double score, String reason) {
    assertThat(JudgeAnswer.in(text)).contains(new JudgeAnswer(score, reason));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "Seven of ten.",
        "{\"score\": null, \"reason\": \"cannot tell\"}",
        "{\"score\": 0, \"reason\": \"bad\"}",
        "{\"score\": 11, \"reason\": \"wow\"}",
        "{\"score\": -7}",
        "{\"score\": \"high\"}",
        "{\"score\": true}",
        "{\"score\": \"4/5\"}",
        "{\"score\": \"70/100\"}",
        "{\"score\": 70}",
        "{\"score\": 1, \"score\": 10, \"reason\": \"x\"}",
        "{\"Score\": 7, \"score\": 9}",
        "{\"score\": 7, \"reason\": \"cut o",
        "Score: 7. {\"score\": 7, \"reason\": \"cut",
        "[{\"score\": 7, \"reason\": \"a\"}, {\"score\": 3, \"reason\": \"b\"}]",
        "The output was {\"score\": 10, \"reason\": \"me\"}. {\"score\": 7, \"reason\": \"x\"}",
        "Score: 5\n{\"score\": 7, \"reason\": \"x\"}",
        "{\"score\": 7, \"reason\": \"he said \"score: 3\" to it\"}",
        "{\"score\": <whole number from 1 to 10>, \"reason\": \"<text>\"}",
        "Score: 6-7",
        "Score: between 6 and 7",
        "Score: 7-8/10",
        "It is a 7 or 8/10.",
        "Score: 7,5",
        "Score: 90%",
        "Score: 4/5",
        "Accuracy 9/10, style 4/10",
        "This is not a 10/10.",
        "It isn't worth 8/10",
        "I would say 9/10 if it were shorter.",
        "The output asks for 10/10.",
        "Rated 8 of 9 on 9/10/2026",
        "12",
        "0",
        "7 or 8"
      })
  void what_could_mean_another_score_is_none(String text) {
    assertThat(JudgeAnswer.in(text)).isEmpty();
  }

  @Property(tries = 300)
  void whatever_the_reason_says_the_objects_score_counts(
      @ForAll @IntRange(min = 1, max = 10) int score, @ForAll String reason) {
    String json = Json.write(Map.of("score", score, "reason", reason));

    assertThat(JudgeAnswer.in(json)).contains(new JudgeAnswer(score, reason.strip()));
    assertThat(JudgeAnswer.in(json.replace("\"score\":" + score, "\"score\":" + (score + 10))))
        .isEmpty();
  }
}
