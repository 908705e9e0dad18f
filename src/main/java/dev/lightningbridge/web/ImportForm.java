package dev.lightningbridge.web;

import dev.lightningbridge.api.requests.AskedImport;
import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.imports.FoundColumn;
import dev.lightningbridge.imports.ImportError;
import dev.lightningbridge.imports.ImportFormat;
import dev.lightningbridge.imports.Importer;
import dev.lightningbridge.imports.Scale;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.multipart.FileUpload;
import org.jspecify.annotations.Nullable;

/** The fields by which the page asks for an import; an empty one has the command's default. */
public class ImportForm {
  /** What a column is that is no field. */
  static final String METADATA = "metadata";

  @RestForm @Nullable FileUpload file;
  @RestForm @Nullable String text;

  /** A database's id; empty for a new one. */
  @RestForm @Nullable String database;

  @RestForm @Nullable String folder;
  @RestForm @Nullable String newName;
  @RestForm @Nullable String session;
  @RestForm @Nullable String prompt;
  @RestForm @Nullable String model;
  @RestForm @Nullable String scale;
  @RestForm @Nullable String format;

  /** The columns that were shown, and for each what it is. */
  @RestForm List<String> column = List.of();

  @RestForm List<String> field = List.of();

  /** Whether there is anything to look at yet. */
  boolean isEmpty() {
    return (file == null || file.size() == 0) && isBlank(text);
  }

  AskedImport asked(boolean dryRun) {
    return new AskedImport(
        database(),
        AskedImport.Rows.of(file, text, "rows"),
        given(session),
        given(prompt),
        given(model),
        map(),
        given(scale) == null ? null : Scale.of(String.valueOf(scale)),
        given(format) == null ? null : ImportFormat.of(String.valueOf(format)),
        dryRun);
  }

  private String database() {
    if (!isBlank(database)) {
      return String.valueOf(database);
    }
    String name = given(newName);
    if (name == null) {
      name = AskedImport.Rows.of(file, text, "rows").name().replaceFirst("(?<=.)\\.[^.]*$", "");
    }
    return folder + "/" + (name.matches("(?i).*\\.(db|sqlite3?)") ? name : name + ".db");
  }

  /** The columns as they were chosen. */
  List<FoundColumn> columns() {
    return IntStream.range(0, Math.min(column.size(), field.size()))
        .mapToObj(i -> new FoundColumn(column.get(i), "", field.get(i)))
        .toList();
  }

  /** What was chosen settles every field: one that was not chosen is in no column. */
  private Map<String, String> map() {
    Map<String, String> map = new LinkedHashMap<>();
    if (column.isEmpty() || column.size() != field.size()) {
      return map;
    }
    Importer.fields().forEach(name -> map.put(name, ""));
    for (int i = 0; i < column.size(); i++) {
      String before = field.get(i).equals(METADATA) ? "" : map.put(field.get(i), column.get(i));
      if (before != null && !before.isEmpty()) {
        throw new BridgeException(
            ImportError.COLUMN_TWICE,
            "two columns are taken for %s: %s and %s"
                .formatted(field.get(i), before, column.get(i)),
            "columns",
            "Let one of them be kept as metadata.");
      }
    }
    return map;
  }

  private static @Nullable String given(@Nullable String text) {
    return isBlank(text) ? null : String.valueOf(text).strip();
  }

  private static boolean isBlank(@Nullable String text) {
    return text == null || text.isBlank();
  }
}
