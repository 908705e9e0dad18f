package dev.lightningbridge.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.ExitCode;
import dev.lightningbridge.model.TokenEstimate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PromptGuardTest {
  private static final String START =
      """
      You answer questions of customers.
      Never give legal advice.
      <rules>
      - Be short.
      </rules>

      Question: {{question}}
      Dear ${name}, the order {input} is what it is about.
      Answer:""";

  private final List<RunEvent> events = new ArrayList<>();
  private final GuardedEdits edits =
      new GuardedEdits(
          PromptGuard.of(START, new PromptRules(List.of("^Never "), null, false)), events::add);

  @Test
  void an_edit_that_holds_all_of_it_stays_as_it_is() {
    String edit = START.replace("- Be short.", "- Be short.\n- Be kind.");
    assertThat(admitted(edit)).isEqualTo(edit);
    assertThat(events).isEmpty();
    assertThat(edits.remarks()).isEmpty();
  }

  @Test
  void a_marked_line_that_an_edit_lost_is_put_back_in_its_place_and_counted() {
    String edit = START.replace("Never give legal advice.\n", "Be polite.\n");
    assertThat(admitted(edit)).isEqualTo(START.replace("<rules>", "Be polite.\n<rules>"));
    assertThat(events)
        .containsExactly(
            new RunEvent.EditGuarded("v0", 3, true, "it lost \"Never give legal advice.\""));
    assertThat(edits.remarks()).singleElement().asString().startsWith("1 new prompt had lost");
  }

  @Test
  void a_changed_marked_line_counts_as_lost() {
    assertThat(admitted(START.replace("Never give legal advice.", "Do not give legal advice.")))
        .contains("\nNever give legal advice.\n");
  }

  @Test
  void a_line_that_holds_little_beside_a_place_is_put_back() {
    String edit = START.replace("Question: {{question}}\n", "");
    assertThat(admitted(edit)).contains("Question: {{question}}\nDear ${name}");
  }

  @Test
  void a_place_that_stood_within_words_cannot_be_put_back_so_the_edit_is_dropped() {
    assertThat(admitted(START.replace("${name}", "customer"))).isNull();
    assertThat(admitted(START.replace("order {input}", "order"))).isNull();
    assertThat(events)
        .containsExactly(
            new RunEvent.EditGuarded("v0", 3, false, "it lost ${name}"),
            new RunEvent.EditGuarded("v0", 3, false, "it lost {input}"));
    assertThat(edits.remarks()).singleElement().asString().startsWith("2 new prompts were dropped");
  }

  @Test
  void tags_of_the_start_must_stay() {
    assertThat(admitted(START.replace("<rules>\n", "").replace("</rules>\n", ""))).isNull();
    assertThat(admitted(START.replace("rules>", "rule>"))).isNull();
  }

  @Test
  void a_prompt_may_have_four_times_the_tokens_of_the_start_and_at_least_1000() {
    PromptGuard small = PromptGuard.of("Be short.", PromptRules.NONE);
    assertThat(small.mostTokens()).isEqualTo(1_000);
    String long_ = "Be very short. ".repeat(1_000);
    assertThat(PromptGuard.of(long_, PromptRules.NONE).mostTokens())
        .isEqualTo(4 * TokenEstimate.of(long_));
    assertThat(small.fault("x".repeat(3_000))).isEmpty();
    assertThat(small.fault("x".repeat(3_003)))
        .hasValue("it has about 1,001 tokens, and 1,000 are the most (--max-prompt-tokens)");
    GuardedEdits counted = new GuardedEdits(small, events::add);
    assertThat(counted.admitted("v0", "Be short.", "x".repeat(4_000), 1)).isEmpty();
    assertThat(counted.remarks())
        .containsExactly("1 new prompt was dropped: more than 1,000 tokens (--max-prompt-tokens).");
  }

  @Test
  void what_keeps_nothing_and_what_is_kept_is_said_before_the_run() {
    assertThat(
            PromptGuard.remarks(START, new PromptRules(List.of("^Never", "^Always"), null, false)))
        .containsExactly(
            "Kept in every prompt, by ^Never: \"Never give legal advice.\".",
            "No line of the current prompt matches ^Always (--keep): nothing is kept by it.");
    assertThat(PromptGuard.remarks(START, PromptRules.NONE)).isEmpty();
    assertThat(PromptGuard.remarks(START, new PromptRules(List.of(), 20, false)))
        .singleElement()
        .asString()
        .contains("only shorter ones are run");
  }

  @Test
  void a_regular_expression_that_cannot_be_read_is_said_before_anything_is_spent() {
    assertThatThrownBy(() -> PromptGuard.of(START, new PromptRules(List.of("(a"), null, false)))
        .isInstanceOfSatisfying(
            BridgeException.class, e -> assertThat(e.code().exit()).isEqualTo(ExitCode.USAGE));
  }

  private String admitted(String edit) {
    return edits.admitted("v0", START, edit, 3).orElse(null);
  }
}
