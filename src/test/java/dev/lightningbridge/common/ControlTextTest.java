package dev.lightningbridge.common;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class ControlTextTest {
  private static final String ESCAPE = String.valueOf((char) 0x1b);
  private static final String NUL = String.valueOf((char) 0);

  @Test
  void whatCommandsATerminalIsShownAsAnEscape() {
    assertThat(ControlText.shown(ESCAPE + "[2J" + NUL + "x\u009b31m\u202ey\u2066"))
        .isEqualTo("\\u001b[2J\\u0000x\\u009b31m\\u202ey\\u2066");
    assertThat(ControlText.shown("a\tb\nc\r\nd\re")).isEqualTo("a\tb\nc\nd\\u000de");
  }

  @Test
  void honestTextStaysAsItIs() {
    String honest = "Grüße, 東京, שלום, مرحبا\u200f, 👩\u200d🔬\n\t- é e\u0301";
    assertThat(ControlText.shown(honest)).isEqualTo(honest);
    assertThat(ControlText.cleaned(honest)).isEqualTo(honest);
    assertThat(ControlText.isIn(honest)).isFalse();
  }

  @Test
  void aPromptIsCleanedAndItsLinesEndWithLineFeeds() {
    assertThat(ControlText.cleaned("Be" + NUL + " brief.\r\nNo" + ESCAPE + "[31m red.\rEnd\u0085x"))
        .isEqualTo("Be brief.\nNo[31m red.\nEnd\nx");
  }

  @Test
  void aLineOfALogStaysOne() {
    assertThat(ControlText.onOneLine("a\n2026 ERROR forged\r\nb"))
        .isEqualTo("a\\u000a2026 ERROR forged\\u000d\\u000ab");
  }

  @Property
  void aJsonDocumentStaysTheSameDocument(
      @ForAll
          @StringLength(max = 40)
          @Chars({'\u0000', '\u001b', '\u009b', '\u202e', 'a', '\\', '"', '\r', '\n'})
          String text)
      throws Exception {
    String document =
        Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(Map.of("text", text));
    String shown = ControlText.shown(document);
    JsonNode read = Json.mapper().readTree(shown);
    assertThat(read.path("text").asText()).isEqualTo(text);
    assertThat(ControlText.isIn(shown)).isFalse();
  }

  @Property
  void nothingIsLeftOfThem(@ForAll String text) {
    assertThat(ControlText.isIn(ControlText.shown(text))).isFalse();
    String cleaned = ControlText.cleaned(text);
    assertThat(ControlText.isIn(cleaned)).isFalse();
    assertThat(ControlText.cleaned(cleaned)).isEqualTo(cleaned);
  }
}
