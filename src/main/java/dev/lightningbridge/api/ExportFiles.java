package dev.lightningbridge.api;

import dev.lightningbridge.camp.CampDatabase;
import dev.lightningbridge.common.Json;
import dev.lightningbridge.dataset.export.ExportReport;
import dev.lightningbridge.dataset.export.ExportReport.ExportedFile;
import dev.lightningbridge.dataset.export.ExportRequest;
import dev.lightningbridge.dataset.export.Exports;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** The files of one export until they are sent; then they are gone. */
final class ExportFiles implements AutoCloseable {
  private final Path folder;
  private final ExportReport report;

  private ExportFiles(Path folder, ExportReport report) {
    this.folder = folder;
    this.report = report;
  }

  /** Exports into a folder of its own. */
  static ExportFiles of(Path camp, Function<Path, ExportRequest> request) {
    Path folder;
    try {
      folder = Files.createTempDirectory("lightning-bridge-export");
    } catch (IOException e) {
      throw new UncheckedIOException("there is no place for the export", e);
    }
    try (CampDatabase database = CampDatabase.open(camp, CampDatabase.Options.DEFAULT)) {
      return new ExportFiles(folder, Exports.export(database.corpus(), request.apply(folder)));
    } catch (RuntimeException e) {
      delete(folder);
      throw e;
    }
  }

  /** Its files by their names. */
  ExportReport report() {
    return new ExportReport(
        report.format(),
        report.files().stream()
            .map(file -> new ExportedFile(Path.of(name(file)), file.rows()))
            .toList(),
        report.skipped(),
        report.counts(),
        report.cursor());
  }

  Optional<Path> only() {
    List<ExportedFile> files = report.files();
    return files.size() == 1 ? Optional.of(files.getFirst().path()) : Optional.empty();
  }

  /** Sends its only file. */
  void rowsTo(OutputStream out) throws IOException {
    try (this) {
      Files.copy(only().orElseThrow(), out);
    }
  }

  /** Sends all files and the report. */
  void zipTo(OutputStream out) throws IOException {
    try (this;
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (ExportedFile file : report.files()) {
        zip.putNextEntry(new ZipEntry(name(file)));
        Files.copy(file.path(), zip);
      }
      zip.putNextEntry(new ZipEntry("report.json"));
      zip.write(Json.write(report()).getBytes(StandardCharsets.UTF_8));
    }
  }

  private static String name(ExportedFile file) {
    return String.valueOf(file.path().getFileName());
  }

  @Override
  public void close() {
    delete(folder);
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      System.getLogger(ExportFiles.class.getName())
          .log(System.Logger.Level.WARNING, "the export's folder stays: " + folder, e);
    }
  }
}
