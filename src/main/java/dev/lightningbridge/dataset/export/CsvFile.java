package dev.lightningbridge.dataset.export;

import dev.lightningbridge.common.CsvLine;
import dev.lightningbridge.common.WholeFile;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A file of comma-separated values; a value is quoted where it must be. */
final class CsvFile extends OutFile {
  private final Writer out;
  private boolean safe;

  CsvFile(WholeFile.Draft draft) {
    super(draft);
    this.out =
        new BufferedWriter(new OutputStreamWriter(draft.out(), StandardCharsets.UTF_8), 1 << 16);
  }

  /** This file, in which no text is a formula: one that would be begins with an apostrophe. */
  CsvFile safeForSpreadsheets() {
    safe = true;
    return this;
  }

  /** Writes a line that is no row. */
  void header(String line) throws IOException {
    out.write(line);
    out.write('\n');
  }

  /** Writes a row; what is null is empty. */
  void write(@Nullable Object... values) throws IOException {
    String separator = "";
    for (Object value : values) {
      out.write(separator);
      out.write(
          value == null
              ? ""
              : CsvLine.quoted(value instanceof String text ? cell(text) : value.toString()));
      separator = ",";
    }
    out.write('\n');
    count();
  }

  private String cell(String text) {
    return safe ? CsvLine.noFormula(text) : text;
  }

  @Override
  void end() throws IOException {
    out.flush();
  }
}
