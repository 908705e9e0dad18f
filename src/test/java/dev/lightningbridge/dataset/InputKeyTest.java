package dev.lightningbridge.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class InputKeyTest {
  @Test
  void white_space_case_and_unicode_composition_make_no_other_input() {
    assertThat(InputKey.of("  Refund\u00a0the\r\n\tSTRASSE  caf\u00e9 "))
        .isEqualTo(InputKey.of("refund the straße cafe\u0301"));
  }

  @Test
  void other_words_make_another_input() {
    assertThat(InputKey.of("refund order 1")).isNotEqualTo(InputKey.of("refund order 2"));
  }

  @Property
  void the_normal_form_of_a_normal_form_is_itself(@ForAll String input) {
    String normal = InputKey.normalised(input);
    assertThat(InputKey.normalised(normal)).isEqualTo(normal);
  }

  @Test
  void the_task_id_is_the_start_of_the_sha_256_of_the_normal_form() {
    // printf 'hello world' | sha256sum
    assertThat(InputKey.of(" Hello  World").taskId()).isEqualTo("task-b94d27b9934d3e08");
  }
}
