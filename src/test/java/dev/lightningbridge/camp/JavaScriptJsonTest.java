package dev.lightningbridge.camp;

import static dev.lightningbridge.camp.Inserts.ordered;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.lightningbridge.common.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JavaScriptJsonTest {
  @Test
  void values_hash_as_the_apps_vectors_do() {
    assertThat(hash(ordered("msg", "hello world", "n", 42))).isEqualTo("djb2-1c-21e96abe");
    assertThat(hash(ordered("msg", "Größe – 日本語 😀 é", "flag", "🏳️‍🌈")))
        .isEqualTo("djb2-2a-fbc0424a");
    assertThat(
            hash(
                ordered(
                    "a", ordered("b", List.of(1, 2.5, ordered("c", "d")), "t", true),
                    "z", List.of())))
        .isEqualTo("djb2-2d-9be6591d");
    assertThat(hash(Map.of())).isEqualTo("djb2-2-005971e3");
    assertThat(hash("hello")).isEqualTo("djb2-7-29ed92e7");
    assertThat(hash(ordered("a", null, "b", Arrays.asList(null, null), "d", "")))
        .isEqualTo("djb2-21-27e10b6f");
    assertThat(hash(ordered("s", "tab\t nl\n nul\u0000 del\u007f ls\u2028 quote\" back\\ slash/")))
        .isEqualTo("djb2-3b-2558cd1b");
    assertThat(
            hash(
                ordered(
                    "a",
                    1e21,
                    "b",
                    .1,
                    "c",
                    -0.0,
                    "d",
                    1e-7,
                    "e",
                    Double.NaN,
                    "f",
                    1.0,
                    "g",
                    9007199254740992.0)))
        .isEqualTo("djb2-46-2b4d7653");
    assertThat(hash(ordered("s", "a\uD83D b"))).isEqualTo("djb2-11-685b594b");
  }

  @ParameterizedTest
  @CsvSource({
    "0.000001, 0.000001",
    "0.0000001, 1e-7",
    "1.5e-9, 1.5e-9",
    "123456789012345680000, 123456789012345680000",
    "1e300, 1e+300",
    "-2.5, -2.5",
    "0.6499999999999999, 0.6499999999999999",
    "100, 100",
    "5e-324, 5e-324"
  })
  void numbers_look_as_in_javascript(double number, String text) {
    assertThat(JavaScriptJson.stringify(number)).isEqualTo(text);
  }

  @Test
  void lone_surrogates_and_controls_are_escaped_in_lower_case() {
    assertThat(JavaScriptJson.stringify("\uDE00 \uD83D\uD83D\uDE00 \u000b\u001f"))
        .isEqualTo("\"\\ude00 \\ud83d😀 \\u000b\\u001f\"");
  }

  @Property(tries = 100)
  void what_is_written_is_read_back(@ForAll Map<String, List<String>> value)
      throws JsonProcessingException {
    assertThat(Json.mapper().readValue(JavaScriptJson.stringify(value), Map.class))
        .isEqualTo(value);
  }

  @Property
  void any_prompt_survives_the_encoding_of_a_column(@ForAll char[] units) {
    String text = new String(units);
    assertThat(WildUtf8.decode(WildUtf8.encode(text))).isEqualTo(text);
  }

  @Test
  void surrogates_alone_in_pairs_and_reversed_survive_the_encoding_of_a_column() {
    List<String> texts = new ArrayList<>(List.of("", "x", "😀"));
    for (int i = 0; i < 3; i++) {
      for (String text : List.copyOf(texts)) {
        texts.addAll(List.of(text + '\uD83D', text + '\uDE00', text + "é日", '\uDBFF' + text));
      }
    }
    assertThat(texts).hasSize(375).allMatch(t -> WildUtf8.decode(WildUtf8.encode(t)).equals(t));
  }

  private static String hash(Object value) {
    return PayloadHash.of(JavaScriptJson.stringify(value));
  }
}
