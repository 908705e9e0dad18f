package dev.lightningbridge.imports;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lightningbridge.camp.writing.CampImport;
import dev.lightningbridge.camp.writing.ImportedVersion;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.corpus.ImportedAttempt;
import dev.lightningbridge.corpus.ImportedTask;
import dev.lightningbridge.dataset.Expected;
import dev.lightningbridge.dataset.InputKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Writes the rows of one file into the database. */
final class RowImport implements RowTaker {
  private final String file;
  private final Columns columns;
  private final Scale scale;
  private final @Nullable String prompt;
  private final CampImport camp;
  private final PromptFamilies families;
  private final Tally tally;

  RowImport(
      String file,
      Columns columns,
      Scale scale,
      @Nullable String prompt,
      CampImport camp,
      PromptFamilies families,
      Tally tally) {
    this.file = file;
    this.columns = columns;
    this.scale = scale;
    this.prompt = prompt;
    this.camp = camp;
    this.families = families;
    this.tally = tally;
  }

  @Override
  public void skip(long line, ImportError code, String why) {
    tally.read++;
    tally.skip(file, line, code.id(), why);
  }

  @Override
  public boolean take(RawRow raw) {
    tally.read++;
    Columns.Sorted row = columns.sort(raw);
    Map<Field, JsonNode> fields = row.fields();
    Map<String, Object> kept = new LinkedHashMap<>();
    row.others().forEach((name, value) -> kept.put(name, plain(value)));
    JsonNode given = fields.get(Field.INPUT);
    if (given != null && Chat.isMessages(given)) {
      // The conversation's own prompt and answer count where the row says nothing else.
      Chat.fields(given)
          .forEach(
              (name, value) ->
                  Field.named(name)
                      .ifPresentOrElse(
                          field ->
                              fields.merge(field, value, (a, b) -> field == Field.INPUT ? b : a),
                          () -> kept.put(name, plain(value))));
    }
    String input = text(fields, Field.INPUT);
    if (input == null) {
      tally.skip(file, raw.line(), ImportError.ROW_WITHOUT_INPUT.id(), "it has no input");
      return true;
    }
    for (Field field : List.of(Field.TAG, Field.VERSION)) {
      String value = text(fields, field);
      if (value != null) {
        kept.put(field.word(), value);
      }
    }
    String output = text(fields, Field.OUTPUT);
    Fate fate = output == null ? Fate.KNOWN : attempt(raw.line(), fields, input, output, kept);
    if (fate != Fate.LEFT_OUT && (output == null || fields.containsKey(Field.EXPECTED))) {
      Fate task = task(raw.line(), fields, input, output, kept);
      fate = fate == Fate.NEW ? fate : task;
    }
    tally.written += fate == Fate.NEW ? 1 : 0;
    tally.known += fate == Fate.KNOWN ? 1 : 0;
    return true;
  }

  /** What becomes of a row, or of a part of it. */
  private enum Fate {
    NEW,
    KNOWN,
    LEFT_OUT
  }

  private Fate attempt(
      long line,
      Map<Field, JsonNode> fields,
      String input,
      String output,
      Map<String, Object> kept) {
    String said = text(fields, Field.SCORE);
    Integer score = null;
    if (said != null && !Scale.isNone(said)) {
      OptionalDouble value = scale.score(said);
      if (value.isEmpty()) {
        tally.skip(
            file,
            line,
            ImportError.SCORE_UNUSABLE.id(),
            "the score \"%s\" is none of %s".formatted(shown(said), scale.word()));
        return Fate.LEFT_OUT;
      }
      score = (int) Math.round(value.getAsDouble());
      tally.scored++;
      kept.put("score", said);
      kept.put("scale", scale.word());
    }
    String own = text(fields, Field.PROMPT);
    String used = own == null ? prompt : own;
    ImportedVersion version = used == null ? null : families.of(used);
    if (version == null) {
      tally.skip(
          file,
          line,
          used == null ? ImportError.PROMPT_MISSING.id() : ImportError.TOO_MANY_PROMPTS.id(),
          used == null
              ? "it names no prompt; give one by --prompt"
              : "its prompt is one of too many, or of a ninth lineage");
      return Fate.LEFT_OUT;
    }
    String time = text(fields, Field.TIME);
    Long at = time == null ? null : Times.millis(time).orElse(null);
    if (time != null && at == null) {
      tally.odd++;
      kept.put("time", time);
    }
    String id = text(fields, Field.ID);
    if (id != null) {
      kept.put("id", id);
    }
    // Without an id of its own, another score is another attempt.
    List<String> key =
        id != null
            ? List.of(id, input, output)
            : List.of("", input, output, String.valueOf(time), String.valueOf(score));
    boolean isNew =
        camp.add(
            version,
            new ImportedAttempt(
                Json.write(key),
                input,
                output,
                score,
                text(fields, Field.COMMENT),
                at,
                text(fields, Field.MODEL),
                kept));
    return isNew ? Fate.NEW : Fate.KNOWN;
  }

  /** A row without an output is a task, and one with an answer is an example too. */
  private Fate task(
      long line,
      Map<Field, JsonNode> fields,
      String input,
      @Nullable String output,
      Map<String, Object> kept) {
    String expected = text(fields, Field.EXPECTED);
    boolean json = expected != null && isJson(fields.get(Field.EXPECTED));
    if (expected != null && json && Expected.ofJson(expected).isEmpty()) {
      tally.skip(file, line, ImportError.ANSWER_EMPTY.id(), "its answer holds nothing");
      return Fate.LEFT_OUT;
    }
    tally.tasks += output == null ? 1 : 0;
    tally.expected += expected == null ? 0 : 1;
    String tag = text(fields, Field.TAG);
    InputKey key = InputKey.of(input);
    return switch (camp.add(
        new ImportedTask(
            key.taskId(),
            tag == null ? "Imported" : tag,
            input,
            expected,
            json,
            tag,
            output == null ? kept : Map.of()))) {
      case NEW -> Fate.NEW;
      case KNOWN -> Fate.KNOWN;
      case CONTRADICTS -> {
        tally.skip(
            file,
            line,
            ImportError.ANSWERS_DIFFER.id(),
            "its input has another answer than \"%s\" already"
                .formatted(shown(String.valueOf(expected))));
        yield Fate.LEFT_OUT;
      }
    };
  }

  private static @Nullable String text(Map<Field, JsonNode> fields, Field field) {
    JsonNode node = fields.get(field);
    if (node == null || node.isNull()) {
      return null;
    }
    String text = node.isTextual() ? node.asText() : node.toString();
    return text.isBlank() ? null : SoundText.of(text);
  }

  /** As in a file of tasks: of texts, only what stands in brackets may be JSON. */
  private static boolean isJson(@Nullable JsonNode node) {
    return node != null
        && (!node.isTextual()
            || Messages.json(node.asText()).filter(j -> !j.isEmpty()).isPresent());
  }

  /** As the database's JSON holds it. */
  private static Object plain(JsonNode node) {
    if (node.isTextual()) {
      return SoundText.of(node.asText());
    }
    return node.isBoolean() ? node.booleanValue() : SoundText.of(node.toString());
  }

  private static String shown(String text) {
    return text.length() <= 40 ? text : text.substring(0, 39) + "…";
  }
}
