package dev.lightningbridge.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lightningbridge.common.Json;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatedUsageTest {
  private static final ObjectNode REQUEST =
      json(
          "{\"messages\": [{\"role\": \"user\", \"content\": \"%s\"}]}"
              .formatted("word ".repeat(60)));
  private static final String TEXT = "yes yes yes";

  private static ObjectNode json(String text) {
    return Json.read(text, ObjectNode.class);
  }

  private static Usage usage(String content, String usage) {
    return TokenEstimate.usage(
        REQUEST,
        json(
            """
            {"choices": [{"index": 0, "finish_reason": "stop",
                          "message": {"role": "assistant", "content": "%s"}}], "usage": %s}"""
                .formatted(content, usage)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'prompt_tokens': 100, 'completion_tokens': 10, 'total_tokens': 110} | 100 | 10",
        "{'prompt_tokens': 100, 'completion_tokens': 10} | 100 | 10",
        "{'prompt_tokens': 100, 'completion_tokens': 10, 'total_tokens': 5110} | 100 | 5010",
        "{'prompt_tokens': 100, 'completion_tokens': 10, 'total_tokens': 5110,"
            + " 'completion_tokens_details': {'reasoning_tokens': 5000}} | 100 | 5010",
        "{'prompt_tokens': 100, 'completion_tokens': 10,"
            + " 'completion_tokens_details': {'reasoning_tokens': 5000}} | 100 | 5010",
        "{'prompt_tokens': 100, 'completion_tokens': 30000, 'total_tokens': 30100,"
            + " 'completion_tokens_details': {'reasoning_tokens': 29990}} | 100 | 30000",
        "{'prompt_tokens': '100', 'completion_tokens': ' 10 '} | 100 | 10",
        "{'prompt_tokens': 100.0, 'completion_tokens': 10.0} | 100 | 10",
        "{'input_tokens': 100, 'output_tokens': 10} | 100 | 10",
        "{'input_tokens': 10, 'cache_read_input_tokens': 70, 'cache_creation_input_tokens': 20,"
            + " 'output_tokens': 10} | 100 | 10",
        "{'completion_tokens': 10, 'total_tokens': 110} | 100 | 10",
        "{'prompt_tokens': 100, 'total_tokens': 110} | 100 | 10",
        "{'prompt_tokens': 100, 'completion_tokens': 0, 'total_tokens': 150} | 100 | 50"
      })
  void what_is_stated_is_read_whole(String usage, long prompt, long completion) {
    assertThat(usage(TEXT, usage.replace('\'', '"')))
        .satisfies(
            found -> {
              assertThat(found.promptTokens()).isEqualTo(prompt);
              assertThat(found.completionTokens()).isEqualTo(completion);
              assertThat(found.estimated()).isFalse();
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "null",
        "[]",
        "7",
        "{}",
        "{'prompt_tokens': null, 'completion_tokens': null}",
        "{'prompt_tokens': 0, 'completion_tokens': 0, 'total_tokens': 0}",
        "{'prompt_tokens': -1, 'completion_tokens': -2}",
        "{'prompt_tokens': 'many', 'completion_tokens': 1e300}"
      })
  void what_is_not_stated_is_estimated_from_the_texts(String usage) {
    Usage found = usage(TEXT, usage.replace('\'', '"'));
    assertThat(found.estimated()).isTrue();
    assertThat(found.promptTokens()).isGreaterThanOrEqualTo(60);
    assertThat(found.completionTokens()).isGreaterThanOrEqualTo(3);
  }

  @Test
  void one_number_that_is_missing_does_not_make_the_other_one_worthless() {
    Usage found = usage(TEXT, "{\"prompt_tokens\": 0, \"completion_tokens\": 777}");
    assertThat(found.estimated()).isTrue();
    assertThat(found.promptTokens()).isGreaterThanOrEqualTo(60);
    assertThat(found.completionTokens()).isEqualTo(777);
  }

  @Test
  void an_answer_without_a_text_may_have_cost_no_token_of_it() {
    Usage found = usage("", "{\"prompt_tokens\": 100, \"completion_tokens\": 0}");
    assertThat(found).isEqualTo(new Usage(100, 0, false));
  }

  @Test
  void cached_tokens_and_a_stated_price_are_read() {
    Usage found =
        usage(
            TEXT,
            """
            {"prompt_tokens": 100, "completion_tokens": 10, "cost": 0.0001,
             "prompt_tokens_details": {"cached_tokens": 90}}""");
    assertThat(found).isEqualTo(new Usage(100, 10, 90, 0.0001, false));
    assertThat(
            usage(TEXT, "{\"prompt_cache_hit_tokens\": 64, \"prompt_tokens\": 100}").cachedTokens())
        .isEqualTo(64);
  }

  @Test
  void a_price_that_is_stated_in_its_parts_is_read_whole() {
    Usage found =
        usage(
            TEXT,
            """
            {"prompt_tokens": 7, "completion_tokens": 149, "total_tokens": 156,
             "cost": {"input_tokens_cost": 0.0001, "output_tokens_cost": 0.0009,
                      "request_cost": 0.005, "total_cost": 0.006}}""");
    assertThat(found).isEqualTo(new Usage(7, 149, 0, 0.006, false));
  }

  @Property(tries = 300)
  void wherever_the_thinking_stands_no_token_of_it_is_missed(
      @ForAll @LongRange(min = 1, max = 100_000) long prompt,
      @ForAll @LongRange(min = 1, max = 5_000) long answer,
      @ForAll @LongRange(max = 100_000) long thought,
      @ForAll boolean inside,
      @ForAll boolean inTotal,
      @ForAll boolean inDetails) {
    long completion = inside ? answer + thought : answer;
    ObjectNode usage = Json.mapper().createObjectNode();
    usage.put("prompt_tokens", prompt).put("completion_tokens", completion);
    if (inTotal) {
      usage.put("total_tokens", prompt + answer + thought);
    }
    if (inDetails) {
      usage.putObject("completion_tokens_details").put("reasoning_tokens", thought);
    }
    Usage found = usage(TEXT, usage.toString());
    assertThat(found.promptTokens()).isEqualTo(prompt);
    // Only by details it cannot be told apart whether few tokens of thinking are a part of it.
    boolean told = inside || inTotal || (inDetails && thought > answer);
    assertThat(found.completionTokens()).isEqualTo(told ? answer + thought : answer);
  }
}
