package dev.lightningbridge.dataset.export;

import dev.lightningbridge.common.WholeFile;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A file of comma-separated values; a value is quoted where it must be. */
final class CsvFile extends OutFile {
  private static final Pattern SPECIAL = Pattern.compile("[\",\\r\\n]");

  private final Writer out;

  CsvFile(WholeFile.Draft draft) {
    super(draft);
    this.out =
        new BufferedWriter(new OutputStreamWriter(draft.out(), StandardCharsets.UTF_8), 1 << 16);
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
      out.write(value == null ? "" : quoted(value.toString()));
      separator = ",";
    }
    out.write('\n');
    count();
  }

  private static String quoted(String value) {
    return SPECIAL.matcher(value).find() ? '"' + value.replace("\"", "\"\"") + '"' : value;
  }

  @Override
  void end() throws IOException {
    out.flush();
  }
}
