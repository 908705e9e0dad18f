package dev.lightningbridge.common;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutsideTextTest {
  @TempDir Path folder;

  @Test
  void no_character_of_a_long_text_in_utf_16_is_torn() throws IOException {
    String text = "x" + "😀é".repeat(20_000);
    for (Charset charset : List.of(UTF_16LE, UTF_16BE)) {
      Path file = folder.resolve("text");
      Files.write(file, ("\ufeff" + text).getBytes(charset));
      assertThat(OutsideText.open(file))
          .isInstanceOfSatisfying(
              OutsideText.Text.class,
              opened -> {
                try (var in = opened.in()) {
                  assertThat(new String(in.readAllBytes(), UTF_8)).isEqualTo(text);
                } catch (IOException e) {
                  throw new AssertionError(e);
                }
              });
    }
  }

  @Test
  void separated_values_are_read_as_rfc_4180_has_them() throws IOException {
    String text = "a,\"b \"\"c\"\"\r\nd\",\r\n\r\n \"e\" ,f\"g\"\nlast";
    try (CsvRows rows = new CsvRows(new StringReader(text), ',')) {
      List<CsvRows.Row> all = new ArrayList<>();
      for (Optional<CsvRows.Row> row = rows.next(); row.isPresent(); row = rows.next()) {
        all.add(row.get());
      }
      assertThat(all)
          .containsExactly(
              new CsvRows.Row(1, List.of("a", "b \"c\"\r\nd", "")),
              new CsvRows.Row(3, List.of("")),
              new CsvRows.Row(4, List.of("e ", "f\"g\"")),
              new CsvRows.Row(5, List.of("last")));
    }
    assertThat(CsvRows.separatorOf("id;input,text;tag")).isEqualTo(';');
    assertThat(CsvRows.separatorOf("id\tinput")).isEqualTo('\t');
    assertThat(CsvRows.separatorOf("input")).isEqualTo(',');
  }
}
