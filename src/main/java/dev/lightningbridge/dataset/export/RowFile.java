package dev.lightningbridge.dataset.export;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.JsonGeneratorDelegate;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.common.WholeFile;
import java.io.IOException;

/** A file of JSON Lines; members of records are named in snake case, as in Python. */
final class RowFile extends OutFile {
  private static final ObjectMapper MAPPER =
      Json.mapper()
          .copy()
          .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .disable(SerializationFeature.FLUSH_AFTER_WRITE_VALUE);

  private final JsonGenerator json;
  private final SequenceWriter rows;

  RowFile(WholeFile.Draft draft) throws IOException {
    super(draft);
    JsonGenerator plain = MAPPER.createGenerator(draft.out());
    plain.setRootValueSeparator(null);
    this.json = new WellFormed(plain);
    this.rows = MAPPER.writer().writeValues(json);
  }

  void write(Object row) throws IOException {
    rows.write(row);
    json.writeRaw('\n');
    count();
  }

  @Override
  void end() throws IOException {
    json.close();
  }

  /** The text, where half of a surrogate pair, which has no UTF-8, is replaced by U+FFFD. */
  static String wellFormed(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        if (i + 1 == text.length()
            || !Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1))) {
          return repaired(text);
        }
        i++;
      }
    }
    return text;
  }

  private static String repaired(String text) {
    StringBuilder whole = new StringBuilder(text.length());
    text.codePoints()
        .map(c -> Character.getType(c) == Character.SURROGATE ? 0xfffd : c)
        .forEach(whole::appendCodePoint);
    return whole.toString();
  }

  /** A cut text can end in half of a surrogate pair; Jackson would refuse it. */
  private static final class WellFormed extends JsonGeneratorDelegate {
    WellFormed(JsonGenerator plain) {
      super(plain, false);
    }

    @Override
    public void writeString(String text) throws IOException {
      delegate.writeString(wellFormed(text));
    }
  }
}
