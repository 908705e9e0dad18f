package dev.lightningbridge.dataset.export;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.Skipped;
import dev.lightningbridge.common.WholeFile;
import dev.lightningbridge.dataset.DatasetError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The files of one export while they are written, with what is counted and left out. */
final class ExportFolder implements AutoCloseable {
  private final Path folder;
  private final List<RowFile> files = new ArrayList<>();
  private final List<Skipped> skipped = new ArrayList<>();
  private final Map<String, Long> counts = new TreeMap<>();

  private ExportFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * @throws BridgeException where the folder is a file, or cannot be made or written to
   */
  static ExportFolder open(Path folder) {
    try {
      Files.createDirectories(folder);
      Files.delete(Files.createTempFile(folder, ".export", ".probe"));
      return new ExportFolder(folder);
    } catch (IOException | SecurityException e) {
      throw new BridgeException(
          DatasetError.OUTPUT_UNUSABLE,
          "The output folder cannot be written to: " + e,
          folder.toString(),
          "Choose a folder that you may write to with --out.",
          e);
    }
  }

  /** A new file of JSON Lines. */
  RowFile rows(String name) throws IOException {
    RowFile file = new RowFile(WholeFile.draft(folder.resolve(name)));
    files.add(file);
    return file;
  }

  void skip(String id, DatasetError code, String why) {
    skipped.add(Skipped.of(id, code, why));
  }

  void count(String what, long add) {
    counts.merge(what, add, Long::sum);
  }

  List<Skipped> skipped() {
    return skipped;
  }

  Map<String, Long> counts() {
    return counts;
  }

  /** Gives every file its name; nothing is renamed before all are safely on the disk. */
  List<ExportReport.ExportedFile> publish() throws IOException {
    for (RowFile file : files) {
      file.seal();
    }
    List<ExportReport.ExportedFile> published = new ArrayList<>();
    for (RowFile file : files) {
      published.add(file.publish());
    }
    return published;
  }

  @Override
  public void close() throws IOException {
    for (RowFile file : files) {
      file.close();
    }
  }
}
