package dev.lightningbridge.model;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ThinkingTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "<think>\nred?\n</think>\n\nblue",
        "\n <THINK>red?</THINK>blue",
        "<think>\n\n</think>\n\nblue",
        "<think></think>blue",
        "<think>one</think>\n<think>two</think>\nblue",
        "<think type=\"deep\">red? </ think></think>blue",
        "<thinking>red?</thinking>blue",
        "<thought>red?</thought>blue",
        "<reasoning>red? <think> no</reasoning>\nblue",
        "<seed:think>red?</seed:think>blue",
        "[THINK]red?[/THINK]blue",
        "◁think▷red?◁/think▷blue",
        "<|begin_of_thought|>red?<|end_of_thought|>\n<|begin_of_solution|>blue<|end_of_solution|>",
        "<|START_THINKING|>red?<|END_THINKING|><|START_RESPONSE|>blue<|END_RESPONSE|>",
        "<|channel>thought\nred?\n<channel|>blue",
        "<unused94>thought\nred?<unused95>blue",
        "<|channel|>analysis<|message|>red?<|end|><|start|>assistant<|channel|>final<|message|>blue<|return|>",
        "<|channel|>analysis<|message|>red?<|channel|>final <|constrain|>text<|message|>blue",
        "analysisThe user wants blue.assistantfinalblue",
        "red?\n</think>\n\nblue",
        "red?</think>blue",
        "</think>\n\nblue",
        "red?\n[/THINK]\nblue"
      })
  void thinking_at_the_beginning_is_taken_off(String text) {
    assertThat(Thinking.in(text).answer()).isEqualTo("blue");
    assertThat(Thinking.in(text).thoughts()).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<think>red? or bl",
        "<think>",
        "<reasoning>red?</think>",
        "<|channel|>analysis<|message|>red?",
        "[THINK]red?",
        "red?\n</think>\n"
      })
  void thinking_that_never_ends_leaves_no_answer(String text) {
    assertThat(Thinking.in(text).answer()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "blue",
        "  blue\n",
        "Write <think> before and </think> after it.",
        "Close it with </think> and go on.",
        "It ends with `</think>`",
        "The tag is\n```\n</think>\n```\nblue",
        "{\"tag\": \"</think>\"}",
        "<thinker>blue</thinker>",
        "<thought experiment> blue",
        "<answer>blue</answer>",
        "analysis of blue",
        "The channel is <|channel|>final<|message|>",
        "> <think>quoted</think>"
      })
  void what_is_no_thinking_stays_as_it_is(String text) {
    assertThat(Thinking.in(text)).isEqualTo(new Thinking("", text));
  }

  @Property(tries = 300)
  void any_answer_comes_out_of_its_thinking(@ForAll String thought, @ForAll String answer) {
    String plain = answer.replaceAll("[<\\[◁]", "(").stripLeading();

    assertThat(Thinking.in("<think>" + thought.replace('<', '(') + "</think>\n" + plain).answer())
        .isEqualTo(plain);
    assertThat(Thinking.in(answer.replaceAll("[<\\[◁]", "(")).thoughts()).isEmpty();
  }
}
