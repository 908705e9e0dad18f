package dev.lightningbridge.camp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.needs.Need;
import dev.lightningbridge.needs.Needs;
import java.io.IOException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PayloadHashTest {
  @Test
  @Needs(Need.APP_SAMPLES)
  void every_vector_of_the_app_is_reproduced() throws IOException {
    JsonNode vectors = Json.mapper().readTree(Samples.file("hash-vectors.json").toFile());
    assertThat(vectors.get("payload")).hasSize(10);
    for (JsonNode v : vectors.get("payload")) {
      assertThat(PayloadHash.of(v.get("json").textValue()))
          .as(v.get("name").textValue())
          .isEqualTo(v.get("recorderHash").textValue());
    }
    assertThat(vectors.get("agentSnapshot")).hasSize(4);
    for (JsonNode v : vectors.get("agentSnapshot")) {
      String prompt = v.get("systemPrompt").textValue();
      assertThat(PayloadHash.snapshot(prompt.equals("x repeated 1000") ? "x".repeat(1000) : prompt))
          .as(prompt)
          .isEqualTo(v.get("system_prompt_hash").textValue());
    }
    assertThat(PayloadHash.snapshot("[]")).isEqualTo("b62");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '|',
      textBlock =
          """
          {},                                               djb2-2-005971e3
          |"hello"|,                                        djb2-7-29ed92e7
          |{"msg":"hello world","n":42}|,                   djb2-1c-21e96abe
          |{"a":null,"b":[null,null],"d":""}|,              djb2-21-27e10b6f
          |{"msg":"Größe – 日本語 😀 é","flag":"🏳️‍🌈"}|,      djb2-2a-fbc0424a
          """)
  void a_payload_is_hashed_over_its_utf16_units(String json, String hash) {
    assertThat(PayloadHash.of(json)).isEqualTo(hash);
  }

  @ParameterizedTest
  @CsvSource({"You are a helpful assistant.,13168d80", "Du bist höflich 😀,4c1def2e", "[],b62"})
  void a_snapshot_is_hashed_without_padding(String text, String hash) {
    assertThat(PayloadHash.snapshot(text)).isEqualTo(hash);
  }

  @Test
  void the_snapshot_hash_of_the_smallest_integer_is_positive() {
    String text = "polygenelubricants";
    assertThat(text.hashCode()).isEqualTo(Integer.MIN_VALUE);
    assertThat(PayloadHash.snapshot(text)).isEqualTo("80000000");
  }

  @Test
  void the_forms_are_told_apart() {
    assertThat(PayloadHash.form("djb2-2-005971e3")).isEqualTo(PayloadHash.Form.CONTENT);
    assertThat(PayloadHash.form("0127da1819b8dc2916d")).isEqualTo(PayloadHash.Form.LEGACY);
    assertThat(PayloadHash.form("fallback_19b8dc2916d")).isEqualTo(PayloadHash.Form.STAND_IN);
    assertThat(PayloadHash.form("sha256-00")).isEqualTo(PayloadHash.Form.UNKNOWN);
    assertThat(PayloadHash.form("")).isEqualTo(PayloadHash.Form.UNKNOWN);
  }

  @Test
  void a_hash_without_content_fits_nothing() {
    assertThat(PayloadHash.fits("fallback_19b8dc2916d", "{}")).isFalse();
    assertThat(PayloadHash.fits("x", "{}")).isFalse();
  }

  @Property
  void both_forms_fit_what_was_hashed_and_not_a_text_with_one_unit_more(@ForAll String text) {
    String legacy = "%8s".formatted(PayloadHash.snapshot(text)).replace(' ', '0') + "19b8dc2916d";
    assertThat(PayloadHash.fits(PayloadHash.of(text), text)).isTrue();
    assertThat(PayloadHash.fits(legacy, text)).isTrue();
    assertThat(PayloadHash.fits(PayloadHash.of(text), text + "x")).isFalse();
  }
}
