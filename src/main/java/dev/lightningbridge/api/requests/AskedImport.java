package dev.lightningbridge.api.requests;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.ControlText;
import dev.lightningbridge.imports.ImportError;
import dev.lightningbridge.imports.ImportFormat;
import dev.lightningbridge.imports.Scale;
import dev.lightningbridge.server.ApiError;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jboss.resteasy.reactive.multipart.FileUpload;
import org.jspecify.annotations.Nullable;

/**
 * What a client or a page asks to be imported.
 *
 * @param database an id, or a whole path
 * @param rows the file
 * @param session null for the file's name
 * @param map columns by the field that they are
 * @param scale null for the only one that the scores can be of
 * @param format null for what the file looks like
 */
public record AskedImport(
    String database,
    Rows rows,
    @Nullable String session,
    @Nullable String prompt,
    @Nullable String model,
    Map<String, String> map,
    @Nullable Scale scale,
    @Nullable ImportFormat format,
    boolean dryRun) {
  /**
   * A file that came with a request, or the text of one.
   *
   * @param name by which it is called in answers
   * @param path null where the text is there
   */
  public record Rows(String name, @Nullable Path path, @Nullable String text) {
    /**
     * Of a form's file or text.
     *
     * @throws BridgeException where neither or both are there
     */
    public static Rows of(
        @Nullable FileUpload file, @Nullable String text, @Nullable String textName) {
      boolean hasFile = file != null && file.size() > 0;
      boolean hasText = text != null && !text.isBlank();
      if (hasFile == hasText) {
        throw new BridgeException(
            ApiError.BAD_REQUEST,
            hasFile ? "the form has a file and a text" : "the form has no file and no text",
            "file",
            "Send one of file and text; it may not be empty.");
      }
      return file != null && hasFile
          ? new Rows(plain(file.fileName(), "file"), file.uploadedFile(), null)
          : new Rows(plain(textName, "text"), null, text);
    }

    /** The name without folders, of whatever system, and without what would not be seen. */
    private static String plain(@Nullable String name, String otherwise) {
      String last = name == null ? "" : name.replaceFirst("(?s)^.*[/\\\\]", "");
      String shown = ControlText.onOneLine(last).strip();
      return shown.isEmpty()
          ? otherwise
          : shown.substring(0, Math.min(shown.length(), NewImport.NAME));
    }
  }

  public static AskedImport of(NewImport form) {
    return new AskedImport(
        form.database,
        Rows.of(form.file, form.text, form.name),
        given(form.session),
        given(form.prompt),
        given(form.model),
        map(form.map),
        form.scale == null ? null : Scale.of(form.scale),
        form.format == null || form.format.equals("auto") ? null : ImportFormat.of(form.format),
        Boolean.parseBoolean(form.dryRun));
  }

  static @Nullable String given(@Nullable String text) {
    return text == null || text.isBlank() ? null : text.strip();
  }

  private static Map<String, String> map(@Nullable String text) {
    Map<String, String> map = new LinkedHashMap<>();
    for (String part : text == null || text.isBlank() ? new String[0] : text.split(",", -1)) {
      int equal = part.indexOf('=');
      if (equal < 1) {
        throw new BridgeException(
            ImportError.OPTION_UNKNOWN,
            "\"%s\" is no FIELD=COLUMN".formatted(part),
            "map",
            "Write it so: input=Q,output=A.");
      }
      map.put(part.substring(0, equal), part.substring(equal + 1));
    }
    return map;
  }
}
