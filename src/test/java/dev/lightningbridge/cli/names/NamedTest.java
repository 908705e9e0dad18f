package dev.lightningbridge.cli.names;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lightningbridge.common.BridgeException;
import java.util.List;
import org.junit.jupiter.api.Test;

class NamedTest {
  private static final Named NOTES = new Named("abcd1234", List.of("Meeting notes"));
  private static final Named MAILS = new Named("abcd5678", List.of("Mails"));
  private static final List<Named> BOTH = List.of(NOTES, MAILS);

  @Test
  void a_thing_is_found_by_its_id_its_name_or_the_beginning_of_its_id() {
    assertThat(Named.one("abcd1234", BOTH)).contains(NOTES);
    assertThat(Named.one(" meeting NOTES", BOTH)).contains(NOTES);
    assertThat(Named.one("abcd5", BOTH)).contains(MAILS);
    assertThat(Named.one("abc", BOTH)).isEmpty();
    assertThat(Named.one("x", BOTH)).isEmpty();
  }

  @Test
  void a_thing_is_found_by_the_beginning_of_its_name() {
    assertThat(Named.one("meeting", BOTH)).contains(NOTES);
    assertThat(Named.one("mai", BOTH)).isEmpty();
    Named older = new Named("fedc1234", List.of("Meeting rooms"));
    assertThatThrownBy(() -> Named.one("Meeting", List.of(NOTES, older)))
        .hasMessageContaining("abcd1234 (Meeting notes), fedc1234 (Meeting rooms)");
  }

  @Test
  void what_fits_several_is_an_error_that_names_them() {
    assertThatThrownBy(() -> Named.one("abcd", BOTH))
        .isInstanceOf(BridgeException.class)
        .hasMessageContaining("LB-9006")
        .hasMessageContaining("abcd1234 (Meeting notes)")
        .hasMessageContaining("abcd5678 (Mails)");
  }

  @Test
  void a_slip_of_the_pen_is_asked_about_and_another_word_is_not() {
    assertThat(Named.meant("Meting notes", BOTH))
        .isEqualTo("Did you mean Meeting notes (abcd1234)? ");
    assertThat(Named.meant("Weather", BOTH)).isEmpty();
  }
}
