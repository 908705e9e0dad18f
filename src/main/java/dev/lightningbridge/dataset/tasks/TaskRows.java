package dev.lightningbridge.dataset.tasks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.lightningbridge.common.CsvRows;
import dev.lightningbridge.common.OutsideText;
import dev.lightningbridge.dataset.DatasetError;
import dev.lightningbridge.dataset.RawJson;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The rows of a text that holds tasks, each as one JSON object: JSON Lines, a JSON list, JSON
 * objects one after the other over several lines, an object whose only list holds them, or CSV.
 */
final class TaskRows {
  /** JSON that is no JSON Lines is read as a whole; so long may it be, in bytes. */
  private static final int LONGEST_WHOLE = 256 * 1024 * 1024;

  /** What a column may be called, so that a line of names is told from one of prose. */
  private static final Pattern COLUMN = Pattern.compile("[\\p{L}\\p{N}_. -]{1,40}");

  /** What takes the rows. */
  interface Taker {
    /**
     * @param place such as {@code line 3}
     */
    void take(String place, String json);

    void skip(String place, DatasetError code, String why);
  }

  private final OutsideText.Text text;
  private final Taker taker;

  private TaskRows(OutsideText.Text text, Taker taker) {
    this.text = text;
    this.taker = taker;
  }

  /**
   * Reads all rows.
   *
   * @return what the text is, to stand in a sentence
   * @throws IOException where it cannot be read
   */
  static String read(OutsideText.Text text, Taker taker) throws IOException {
    return new TaskRows(text, taker).read();
  }

  /** Whether a text is JSON of tasks, or CSV of more columns than one or with a column input. */
  static boolean isIn(String text) {
    String start = text.stripLeading();
    String header = start.lines().findFirst().orElse("").strip();
    List<String> columns = columns(header, CsvRows.separatorOf(header));
    return start.startsWith("{")
        || start.startsWith("[")
        || (TaskNames.nameInput(columns) && (columns.size() > 1 || header.equals("input")));
  }

  private String read() throws IOException {
    String start = text.start().stripLeading();
    if (start.startsWith("[")) {
      elements(whole());
      return "a JSON list";
    }
    if (start.startsWith("{")) {
      return json(start);
    }
    String header = start.lines().findFirst().orElse("");
    char separator = CsvRows.separatorOf(header);
    List<String> columns = columns(header, separator);
    if (TaskNames.nameInput(columns)) {
      separated(separator);
      return "CSV";
    }
    if (columns.size() > 1 && columns.stream().allMatch(c -> COLUMN.matcher(c).matches())) {
      taker.skip(
          "line 1",
          DatasetError.TASK_WITHOUT_INPUT,
          "of the columns %s none is \"input\"; name the one with the inputs so"
              .formatted(String.join(", ", columns)));
      return "CSV";
    }
    lines();
    return "JSON Lines";
  }

  private static List<String> columns(String header, char separator) {
    return Stream.of(header.replace("\"", "").split(Pattern.quote("" + separator)))
        .map(String::strip)
        .toList();
  }

  private String json(String start) throws IOException {
    String first = start.lines().findFirst().orElse("");
    if (!isObject(first) && !isObject(withoutComma(first)) && isObjectOverLines(start)) {
      objects(whole());
      return "JSON over several lines";
    }
    if (isObject(first) && start.strip().lines().count() == 1 && listIn(first).isPresent()) {
      elements(listIn(whole()).orElseThrow());
      return "a JSON list in an object";
    }
    lines();
    return "JSON Lines";
  }

  private void lines() throws IOException {
    BoundedLines lines = new BoundedLines(text.in(), TaskFile.LINE_LIMIT);
    for (BoundedLines.Line line = lines.next(); line != null; line = lines.next()) {
      String place = "line " + line.number();
      switch (line) {
        case BoundedLines.Line.Bad bad -> taker.skip(place, bad.code(), bad.why());
        case BoundedLines.Line.Text full -> {
          if (!full.text().isBlank()) {
            taker.take(place, withoutComma(full.text()));
          }
        }
      }
    }
  }

  private void elements(String list) {
    int n = 0;
    try {
      for (String element : RawJson.values(list, true)) {
        taker.take("element " + ++n, element);
      }
    } catch (JsonProcessingException e) {
      taker.skip("element " + (n + 1), DatasetError.TASK_LINE_MALFORMED, BadJson.words(list, e));
    }
  }

  private void objects(String document) {
    int n = 0;
    try {
      for (String object : RawJson.values(document, false)) {
        Optional<String> list = n == 0 ? listIn(object) : Optional.empty();
        if (list.isPresent()) {
          elements(list.get());
          return;
        }
        taker.take("object " + ++n, object);
      }
    } catch (JsonProcessingException e) {
      taker.skip("object " + (n + 1), DatasetError.TASK_LINE_MALFORMED, BadJson.words(document, e));
    }
  }

  private void separated(char separator) throws IOException {
    long line = 1;
    try (CsvRows rows =
        new CsvRows(
            new InputStreamReader(text.in(), StandardCharsets.UTF_8.newDecoder()), separator)) {
      List<String> columns = rows.next().orElseThrow().values();
      for (Optional<CsvRows.Row> row = rows.next(); row.isPresent(); row = rows.next()) {
        line = row.get().line();
        if (!row.get().isBlank()) {
          taker.take("line " + line, CsvTask.json(columns, row.get().values()));
        }
      }
    } catch (CharacterCodingException e) {
      taker.skip("line " + line, DatasetError.TASK_LINE_MALFORMED, BoundedLines.NOT_UTF8);
    }
  }

  private String whole() throws IOException {
    byte[] bytes = text.in().readNBytes(LONGEST_WHOLE + 1);
    if (bytes.length > LONGEST_WHOLE) {
      throw new IOException(
          "it is longer than 256 MB; JSON Lines, one object a line, may be of any length");
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new IOException(BoundedLines.NOT_UTF8, e);
    }
  }

  /** The list of an object that is no task itself and holds one list of objects. */
  private static Optional<String> listIn(String object) {
    try {
      Map<String, String> members = RawJson.members(object);
      List<String> lists =
          members.values().stream()
              .filter(value -> RawJson.isA(value, JsonToken.START_ARRAY))
              .filter(value -> RawJson.begins(value, JsonToken.START_OBJECT))
              .toList();
      return lists.size() == 1 && !TaskNames.nameInput(List.copyOf(members.keySet()))
          ? Optional.of(lists.getFirst())
          : Optional.empty();
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  private static boolean isObject(String line) {
    try {
      RawJson.members(line);
      return true;
    } catch (JsonProcessingException e) {
      return false;
    }
  }

  /** Whether what begins the text is an object that goes on over its line. */
  private static boolean isObjectOverLines(String start) {
    return RawJson.lineOfFirstEnd(start) > 1;
  }

  private static String withoutComma(String line) {
    String stripped = line.stripTrailing();
    return stripped.endsWith("},") ? stripped.substring(0, stripped.length() - 1) : line;
  }
}
