package dev.lightningbridge.imports;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lightningbridge.common.BridgeException;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which column is which field: as the user says, else by its name. */
final class Columns {
  /** So many names are remembered, for the report. */
  private static final int NAMED = 200;

  private final Map<String, Field> chosen = new LinkedHashMap<>();
  private final Set<Field> settled;
  private final Map<String, Optional<Field>> known = new HashMap<>();
  private final Map<String, Field> taken = new TreeMap<>();
  private final Set<String> kept = new TreeSet<>();

  /**
   * @param chosen columns by the field that they are; empty for a field that no column is
   */
  Columns(Map<Field, String> chosen) {
    settled = chosen.isEmpty() ? Set.of() : EnumSet.copyOf(chosen.keySet());
    chosen.forEach(
        (field, column) -> {
          if (!column.isEmpty()) {
            this.chosen.put(column, field);
          }
        });
  }

  /**
   * Reads {@code input=COL,…}.
   *
   * @throws BridgeException where a field has no such name
   */
  static Columns of(Map<String, String> map) {
    Map<Field, String> chosen = new EnumMap<>(Field.class);
    map.forEach(
        (word, column) ->
            chosen.put(
                Field.named(word)
                    .orElseThrow(
                        () ->
                            new BridgeException(
                                ImportError.OPTION_UNKNOWN,
                                "there is no field \"%s\"".formatted(word),
                                "--map",
                                "Fields are: input, output, score, comment, expected, tag, prompt,"
                                    + " version, time, id and model.")),
                column));
    return new Columns(chosen);
  }

  /** A row by its fields, and what else it says. */
  record Sorted(long line, Map<Field, JsonNode> fields, Map<String, JsonNode> others) {}

  Sorted sort(RawRow row) {
    Map<Field, JsonNode> fields = new EnumMap<>(Field.class);
    Map<String, JsonNode> others = new LinkedHashMap<>();
    row.values()
        .forEach(
            (name, value) -> {
              if (chosen.containsKey(name)) {
                fields.put(chosen.get(name), value);
              }
            });
    row.values()
        .forEach(
            (name, value) -> {
              if (chosen.containsKey(name)) {
                return;
              }
              Optional<Field> field = known.size() < NAMED ? meant(name) : Field.meant(name);
              if (field.isPresent()
                  && !settled.contains(field.get())
                  && isFree(fields, row, name, field.get())) {
                fields.put(field.get(), value);
                if (taken.size() < NAMED) {
                  taken.put(name, field.get());
                }
              } else {
                others.put(name, value);
                if (kept.size() < NAMED) {
                  kept.add(name);
                }
              }
            });
    return new Sorted(row.line(), fields, others);
  }

  private Optional<Field> meant(String name) {
    return known.computeIfAbsent(name, Field::meant);
  }

  /** Our own name goes before another tool's, and the first before a later one. */
  private static boolean isFree(Map<Field, JsonNode> fields, RawRow row, String name, Field field) {
    return !fields.containsKey(field)
        && (name.equals(field.word()) || !row.values().containsKey(field.word()));
  }

  /**
   * Says what the file has not.
   *
   * @throws BridgeException where a column that the user named is not among these
   */
  void requireChosen(Set<String> present, String file) {
    chosen
        .keySet()
        .forEach(
            column -> {
              if (!present.contains(column)) {
                throw new BridgeException(
                    ImportError.COLUMN_UNKNOWN,
                    "there is no column \"%s\"".formatted(column),
                    file,
                    "Its columns are: " + String.join(", ", present) + ".");
              }
            });
  }

  /** Names of other tools, with the field that each was taken for. */
  Map<String, String> understood() {
    Map<String, String> understood = new TreeMap<>();
    taken.forEach(
        (name, field) -> {
          if (!name.equals(field.word())) {
            understood.put(name, field.word());
          }
        });
    return understood;
  }

  /** The columns with what each is taken for. */
  List<FoundColumn> found(Map<String, String> firstValues) {
    return firstValues.entrySet().stream()
        .map(
            column -> {
              Field field = chosen.getOrDefault(column.getKey(), taken.get(column.getKey()));
              return new FoundColumn(
                  column.getKey(), column.getValue(), field == null ? null : field.word());
            })
        .toList();
  }

  /** Columns that are no field, which are kept as metadata. */
  Set<String> kept() {
    return kept;
  }
}
