package dev.lightningbridge.imports;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What to import.
 *
 * @param db the database that is made or extended
 * @param prompt of the rows that name none; null where all do
 * @param session the name of a session, or its id; null for the first file's name
 * @param model that the agent is run with; null where it is not known
 * @param map columns by the field that they are; an empty one says that no column is that field
 * @param scale null for the only one that the scores can be of
 * @param format null for what each file looks like
 * @param dryRun whether nothing is written
 */
public record ImportRequest(
    List<Given> files,
    Path db,
    @Nullable String prompt,
    @Nullable String session,
    @Nullable String model,
    Map<String, String> map,
    @Nullable Scale scale,
    @Nullable ImportFormat format,
    boolean dryRun) {
  /**
   * A file.
   *
   * @param name by which reports and errors call it
   */
  public record Given(Path path, String name) {
    /** Files that are called by their paths. */
    public static List<Given> of(Path... files) {
      return Stream.of(files).map(file -> new Given(file, file.toString())).toList();
    }
  }

  /** The session's name. */
  String sessionName() {
    if (session != null) {
      return session;
    }
    String name = String.valueOf(Path.of(files.get(0).name()).getFileName());
    int dot = name.indexOf('.', 1);
    return dot < 0 ? name : name.substring(0, dot);
  }
}
