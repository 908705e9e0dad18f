package dev.lightningbridge.dataset.export;

import dev.lightningbridge.common.Skipped;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What an export wrote.
 *
 * @param skipped rows left out or repaired, of the database and of this export
 * @param counts what the format counts, by name
 * @param cursor what the next export of this format and session is given as {@code --since}
 */
public record ExportReport(
    String format,
    List<ExportedFile> files,
    List<Skipped> skipped,
    Map<String, Long> counts,
    String cursor) {

  /** A file that was written. */
  public record ExportedFile(Path path, long rows) {}
}
