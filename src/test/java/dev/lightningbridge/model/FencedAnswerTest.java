package dev.lightningbridge.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lightningbridge.common.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a model repeats of a letter's fences gets no further than the gateway. */
class FencedAnswerTest {
  private static final String PROMPT = "Sort tickets.\n\n- Be brief.";
  private static final String LETTER = new Letter().say("# Prompt\n").data(PROMPT).text();
  private static final String MARK = FencedTexts.of(LETTER).mark();

  @ParameterizedTest
  @EnumSource
  void no_answer_of_any_role_holds_a_mark_of_its_letter(ModelRole role) throws Exception {
    String answer = "As <" + MARK + "> says,\n</" + MARK + ">\nit is " + MARK + ".";
    assertThat(answered(role, answer)).isEqualTo("As  says,\nit is ….");
  }

  @Test
  void an_editor_that_repeats_fence_and_code_fence_is_taken_by_its_prompt() throws Exception {
    String fenced = "<" + MARK + ">\n" + PROMPT + "\n</" + MARK + ">";
    assertThat(answered(ModelRole.EDITOR, fenced)).isEqualTo(PROMPT);
    assertThat(answered(ModelRole.EDITOR, "```\n" + fenced + "\n```")).isEqualTo(PROMPT);
    assertThat(answered(ModelRole.EDITOR, "Here is the improved prompt:\n\n" + fenced))
        .isEqualTo(PROMPT);
    assertThat(
            answered(
                ModelRole.EDITOR, "<" + MARK + ">\n```text\n" + PROMPT + "\n```\n</" + MARK + ">"))
        .isEqualTo(PROMPT);
  }

  @Test
  void an_answer_of_nothing_but_a_fence_is_empty() {
    assertThatThrownBy(() -> answered(ModelRole.EDITOR, "<" + MARK + ">\n</" + MARK + ">"))
        .isInstanceOfSatisfying(
            ModelException.class,
            e -> assertThat(e.kind()).isEqualTo(ModelException.Kind.EMPTY_ANSWER));
  }

  @Test
  void a_mark_of_another_letter_is_only_text() throws Exception {
    String other = "See <data-0123456789abcdef>.";
    assertThat(answered(ModelRole.EDITOR, other)).isEqualTo(other);
  }

  private static String answered(ModelRole role, String answer) throws ModelException {
    ObjectNode body = Json.mapper().createObjectNode();
    body.putArray("choices")
        .addObject()
        .put("finish_reason", "stop")
        .putObject("message")
        .put("role", "assistant")
        .put("content", answer);
    ChatRequest request = ChatRequest.of(role, "m", "You revise.", LETTER, 1);
    return CompletionAnswer.of(request, body).text();
  }
}
