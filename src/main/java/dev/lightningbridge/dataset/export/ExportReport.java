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
 */
public record ExportReport(
    String format, List<ExportedFile> files, List<Skipped> skipped, Map<String, Long> counts) {

  /** A file that was written. */
  public record ExportedFile(Path path, long rows) {}
}
