package dev.lightningbridge.model;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PromptWrappingTest {
  private static final String PROMPT = "You sort tickets.\n\nAnswer with one word.";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "```\n%s\n```",
        "```text\n%s\n```\n",
        "~~~markdown\n%s\n~~~",
        "````\n%s\n````",
        "Here is the improved prompt:\n\n%s",
        "Here's the revised prompt template:\n\n```\n%s\n```",
        "Sure! Here is the improved version of your prompt:\n```markdown\n%s\n```",
        "Certainly! Below is the updated prompt that addresses the critique:\n\n---\n\n%s\n\n---",
        "**Improved Prompt:**\n\n%s",
        "# Revised Prompt\n\n%s",
        "### Improved prompt template\n```text\n%s\n```",
        "Here is the improved prompt:\n\n```text\n%s\n```\n\nLet me know if you want changes!",
        "Here is the improved prompt:\n\n%s\n\nLet me know if you need anything else.",
        "Here is the new prompt:\n\n```\n%s\n```\n\n**Changes made:**\n- I named the format.",
        "Here is the new prompt:\n\n%s\n\n---\n\n**Key changes:**\n- I named the format.",
        "%s\n\nLet me know if you'd like any adjustments to the prompt.",
        "```\n%s\n```\n\nFeel free to modify it."
      })
  void what_an_editor_puts_around_a_prompt_is_taken_off(String around) {
    assertThat(PromptWrapping.off(around.formatted(PROMPT))).isEqualTo(PROMPT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "You sort tickets.",
        "  You sort tickets.\n",
        "```json\n{\"answer\": 1}\n```\nAnswer in this form.",
        "```\nexample\n```\nNotes: keep to it.",
        "```json\n{\"answer\": 1}\n```",
        "```\nA\n```\nand\n```\nB\n```",
        "Answer in this form:\n```json\n{}\n```",
        "<instructions>\nSort.\n</instructions>",
        "\"Sort\" the tickets, or say \"none\".",
        "Here is a ticket. Sort it:\n{ticket}",
        "Here is what to do:\n1. Sort.",
        "New instructions arrive daily: read them.",
        "Instructions:\nSort.",
        "Sort.\n\nLet me know if you have questions.",
        "Sort.\n\nIf you are not sure, say so.",
        "Sort.\n\n---\n\nNever guess.",
        "Let me know if you want changes"
      })
  void what_may_be_the_prompts_own_stays(String prompt) {
    assertThat(PromptWrapping.off(prompt)).isEqualTo(prompt);
  }

  @Property(tries = 500)
  void a_prompt_stays_whatever_it_is_made_of(@ForAll("prompts") String prompt) {
    assertThat(PromptWrapping.off(prompt)).isEqualTo(prompt);
  }

  @Property(tries = 500)
  void a_prompt_comes_out_of_a_longer_fence_whatever_it_is_made_of(
      @ForAll("prompts") String prompt) {
    assertThat(PromptWrapping.off("Here is the improved prompt:\n\n``````\n" + prompt + "\n``````"))
        .isEqualTo(prompt);
    assertThat(PromptWrapping.off("``````\n" + prompt + "\n``````")).isEqualTo(prompt);
  }

  /** They begin with a fence of a language, or anything else, and go on with anything. */
  @Provide
  Arbitrary<String> prompts() {
    return Arbitraries.of(
            "```json\n{\"a\": [1]}\n```",
            "```\nexample\n```",
            "```python\nprint('Here is the new prompt:')\n```",
            "<rules>\n- \"quote\" it\n</rules>",
            "'{name}' says: \"Here is the improved prompt:\"",
            "# Role\nYou sort.",
            "---",
            "Here is your task:",
            "",
            "Answer {x.__class__} with <b>one</b> word.")
        .list()
        .ofMinSize(1)
        .ofMaxSize(6)
        .map(pieces -> "You sort.\n" + String.join("\n", pieces) + "\nEnd with a word.")
        .flatMap(
            prompt ->
                Arbitraries.of(
                    prompt, "```json\n{\"a\": 1}\n```\n" + prompt, "```\nA\n```\n" + prompt));
  }
}
