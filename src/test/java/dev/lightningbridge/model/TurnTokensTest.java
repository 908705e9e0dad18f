package dev.lightningbridge.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TurnTokensTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "blue<|im_end|>",
        "blue<|im_end|>\n",
        "blue<|eot_id|><|endoftext|>",
        "blue</s>",
        "blue<end_of_turn>\n<end_of_turn>",
        "blue<｜end▁of▁sentence｜>",
        "blue<|return|>"
      })
  void tokens_that_end_a_turn_are_taken_off(String text) {
    assertThat(TurnTokens.offTheEnd(text)).isEqualTo("blue");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "blue",
        "blue \n",
        "The token <|im_end|> ends a turn.",
        "<s>red</s>",
        "<|im_end|> blue",
        "a < b |>"
      })
  void what_is_said_stays_as_it_is(String text) {
    assertThat(TurnTokens.offTheEnd(text)).isEqualTo(text);
  }
}
