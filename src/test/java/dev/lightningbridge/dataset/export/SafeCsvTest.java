package dev.lightningbridge.dataset.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lightningbridge.common.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafeCsvTest {
  private static final List<String> FORMULAS =
      List.of(
          "=1+1",
          "+1",
          "-1",
          "@SUM(A1)",
          "\t=1",
          "\r=1",
          "\n=1",
          "\uff1d1",
          "\uff20x",
          " =1",
          "\u00a0@x");

  @TempDir Path folder;

  @Test
  void aTextThatASpreadsheetWouldRunBeginsWithAnApostrophe() throws IOException {
    for (String formula : FORMULAS) {
      String quoted = formula.matches("(?s).*[\r\n].*") ? "\"'" + formula + "\"" : "'" + formula;
      assertThat(written(true, formula, 1L)).as(formula).isEqualTo(quoted + ",1\n");
    }
  }

  @Test
  void otherTextsNumbersAndWhatIsNotThereStayAsTheyAre() throws IOException {
    assertThat(written(true, "a=1", "'x", "[\"-\"]", -5L, null, ""))
        .isEqualTo("a=1,'x,\"[\"\"-\"\"]\",-5,,\n");
  }

  @Test
  void theFormOfTheAppIsKeptUnlessItIsAskedFor() throws IOException {
    assertThat(written(false, "=1+1", "-1")).isEqualTo("=1+1,-1\n");
  }

  private String written(boolean safe, Object... values) throws IOException {
    Path place = folder.resolve("events.csv");
    try (WholeFile.Draft draft = WholeFile.draft(place)) {
      CsvFile file = new CsvFile(draft);
      (safe ? file.safeForSpreadsheets() : file).write(values);
      file.end();
      draft.publish();
    }
    return Files.readString(place);
  }
}
