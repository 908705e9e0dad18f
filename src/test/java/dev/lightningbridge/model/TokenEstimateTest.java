package dev.lightningbridge.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lightningbridge.common.Json;
import org.junit.jupiter.api.Test;

class TokenEstimateTest {
  private static ObjectNode json(String text) throws Exception {
    return (ObjectNode) Json.mapper().readTree(text);
  }

  @Test
  void texts_are_estimated_generously() {
    // The numbers of OpenAI's o200k tokenizer: 10, 9 and 1.
    assertThat(TokenEstimate.of("The quick brown fox jumps over the lazy dog."))
        .isBetween(10L, 20L);
    assertThat(TokenEstimate.of("機械学習は人工知能の一分野です")).isBetween(9L, 20L);
    assertThat(TokenEstimate.of("🙂")).isBetween(1L, 3L);
    assertThat(TokenEstimate.of("")).isZero();
    assertThat(TokenEstimate.of("data:image/png;base64," + "A".repeat(1_000_000))).isEqualTo(2_000);
  }

  @Test
  void the_answers_limit_is_the_requests_own_times_its_choices() throws Exception {
    assertThat(TokenEstimate.completionLimit(json("{}"))).isEqualTo(2_048);
    assertThat(TokenEstimate.completionLimit(json("{\"max_tokens\": 100, \"n\": 3}")))
        .isEqualTo(300);
    assertThat(
            TokenEstimate.completionLimit(
                json("{\"max_tokens\": 100, \"max_completion_tokens\": 50}")))
        .isEqualTo(50);
    assertThat(TokenEstimate.completionLimit(json("{\"max_tokens\": -5, \"n\": -5}"))).isZero();
    assertThat(
            TokenEstimate.completionLimit(
                json("{\"max_tokens\": 9223372036854775807, \"n\": 2147483647}")))
        .isPositive();
  }

  @Test
  void a_usage_that_is_missing_or_makes_no_sense_is_estimated() throws Exception {
    ObjectNode request = json("{\"messages\": [{\"content\": \"" + "word ".repeat(60) + "\"}]}");
    for (String usage :
        new String[] {
          "",
          ", \"usage\": null",
          ", \"usage\": {\"prompt_tokens\": -1, \"completion_tokens\": -2}",
          ", \"usage\": {\"prompt_tokens\": \"x\", \"completion_tokens\": \"y\"}"
        }) {
      Usage found =
          TokenEstimate.usage(
              request,
              json("{\"choices\": [{\"message\": {\"content\": \"yes yes yes\"}}]" + usage + "}"));
      assertThat(found.estimated()).isTrue();
      assertThat(found.promptTokens()).isGreaterThanOrEqualTo(60);
      assertThat(found.completionTokens()).isGreaterThanOrEqualTo(3);
    }
  }
}
