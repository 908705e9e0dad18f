package dev.lightningbridge.dataset.export;

import dev.lightningbridge.camp.CampDatabase;
import dev.lightningbridge.common.Skipped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * One export: DATABASE FORMAT OUT prints its rows, those skipped, the peak memory in MB, and how
 * many were skipped by code, such as LB-1103:2,LB-1110:1 (- for none).
 */
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
        "%d %d %d %s%n",
        report.files().stream().mapToLong(ExportReport.ExportedFile::rows).sum(),
        report.skipped().size(),
        peakMegabytes(),
        report.skipped().isEmpty() ? "-" : byCode(report.skipped()));
  }

  private static String byCode(List<Skipped> skipped) {
    Map<String, Long> counts =
        skipped.stream()
            .collect(Collectors.groupingBy(Skipped::code, TreeMap::new, Collectors.counting()));
    return counts.entrySet().stream()
        .map(c -> c.getKey() + ":" + c.getValue())
        .collect(Collectors.joining(","));
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
