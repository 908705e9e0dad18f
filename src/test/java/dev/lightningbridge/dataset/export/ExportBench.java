package dev.lightningbridge.dataset.export;

import dev.lightningbridge.camp.CampDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** One export: DATABASE FORMAT OUT prints its rows, those skipped and the peak memory in MB. */
final class ExportBench {
  private ExportBench() {}

  public static void main(String[] arguments) throws IOException {
    ExportReport report;
    try (CampDatabase database =
        CampDatabase.open(Path.of(arguments[0]), CampDatabase.Options.DEFAULT)) {
      Format format = Format.of(arguments[1]);
      report = Exports.export(database.corpus(), ExportRequest.of(format, Path.of(arguments[2])));
    }
    System.out.printf(
        "%d %d %d%n",
        report.files().stream().mapToLong(ExportReport.ExportedFile::rows).sum(),
        report.skipped().size(),
        peakMegabytes());
  }

  /** What Linux says was the most that the process held, the database's own cache included. */
  private static long peakMegabytes() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmHWM"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
        .findFirst()
        .orElse(0);
  }
}
