package dev.lightningbridge.optimize.apo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lightningbridge.optimize.apo.PromptPart.Kind;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class PromptPartsTest {
  @Test
  void a_prompt_of_one_block_is_one_part() {
    assertThat(texts("Classify the review.\nAnswer with one word."))
        .containsExactly("Classify the review.\nAnswer with one word.");
  }

  @Test
  void items_paragraphs_and_headings_are_parts_and_an_item_keeps_its_indented_lines() {
    List<PromptPart> parts =
        PromptParts.of(
            "# Task\nClassify.\n\nRules:\n- One word\n  in lower case\n2. No full stop\n");
    assertThat(parts)
        .extracting(PromptPart::text)
        .containsExactly(
            "# Task", "Classify.", "Rules:", "- One word\n  in lower case", "2. No full stop");
    assertThat(parts)
        .extracting(PromptPart::kind)
        .containsExactly(Kind.HEADING, Kind.PARAGRAPH, Kind.HEADING, Kind.ITEM, Kind.ITEM);
  }

  @Test
  void a_fence_a_tag_and_a_block_of_json_are_each_one_part() {
    assertThat(
            texts(
                "Do it.\n```json\n{\n\n- \"a\": 1\n}\n```\n<rules>\n- one\n\n- two\n</rules>\n"
                    + "{\n  \"a\": [1,\n\n 2]\n}\nEnd."))
        .containsExactly(
            "Do it.",
            "```json\n{\n\n- \"a\": 1\n}\n```",
            "<rules>\n- one\n\n- two\n</rules>",
            "{\n  \"a\": [1,\n\n 2]\n}",
            "End.");
  }

  @Test
  void an_example_and_its_answer_are_never_apart() {
    assertThat(
            texts(
                "Classify.\n\nReview: It broke.\nAnswer: negative\n\nReview: Love it.\n\nAnswer: positive"
                    + "\n\nReview: Fine.\n\nAnswer: positive"))
        .containsExactly(
            "Classify.",
            "Review: It broke.\nAnswer: negative",
            "Review: Love it.\n\nAnswer: positive",
            "Review: Fine.\n\nAnswer: positive");
  }

  @Property
  void put_together_again_the_parts_are_the_prompt(@ForAll("prompts") String prompt) {
    String joined = PromptParts.joined(PromptParts.of(prompt));
    assertThat(prompt).startsWith(joined);
    assertThat(prompt.substring(joined.length())).isBlank();
  }

  @Provide
  Arbitrary<String> prompts() {
    return Arbitraries.of(
            "# Head",
            "- item",
            "  more",
            "1. first",
            "text",
            "",
            " ",
            "Input: a",
            "Answer: b",
            "```",
            "<a>",
            "</a>",
            "{",
            "}",
            "[",
            "Rules:",
            "\r")
        .list()
        .ofMaxSize(12)
        .map(lines -> String.join("\n", lines));
  }

  private static List<String> texts(String prompt) {
    return PromptParts.of(prompt).stream().map(PromptPart::text).toList();
  }
}
