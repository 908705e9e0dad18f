package dev.lightningbridge.runs.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HtmlTextTest {
  private static final String HIDDEN = "name\u202Egnp.exe\u0007 <b>";

  @Test
  void what_a_form_shows_by_its_number_is_the_character_again_when_it_is_sent() {
    String shown = HtmlText.escaped(HIDDEN);
    assertThat(shown).isEqualTo("name[U+202E]gnp.exe[U+0007] &lt;b&gt;");
    assertThat(HtmlText.edited("name[U+202E]gnp.exe[U+0007] <b>\r\nmine", HIDDEN))
        .isEqualTo(HIDDEN + "\nmine");
  }

  @Test
  void what_a_person_writes_stays_as_it_is_written() {
    assertThat(HtmlText.edited("[U+202E] is a mark", "no mark")).isEqualTo("[U+202E] is a mark");
  }
}
