package dev.lightningbridge.dataset.export;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.Skipped;
import dev.lightningbridge.common.WholeFile;
import dev.lightningbridge.dataset.DatasetError;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The files of one export while they are written, with what is counted and left out. */
final class ExportFolder implements AutoCloseable {
  private final Path folder;
  private final String suffix;
  private final List<OutFile> files = new ArrayList<>();
  private final List<Skipped> skipped = new ArrayList<>();
  private final Map<String, Long> counts = new TreeMap<>();

  private ExportFolder(Path folder, String suffix) {
    this.folder = folder;
    this.suffix = suffix;
  }

  /**
   * @param suffix goes between each file's name and its ending
   * @throws BridgeException where the folder is a file, or cannot be made or written to
   */
  static ExportFolder open(Path folder, String suffix) {
    try {
      Files.createDirectories(folder);
      Files.delete(Files.createTempFile(folder, ".export", ".probe"));
      return new ExportFolder(folder, suffix);
    } catch (IOException | SecurityException e) {
      throw unusable("The output folder cannot be written to: " + reason(e), folder, e);
    }
  }

  /** A new file of JSON Lines. */
  RowFile rows(String name) throws IOException {
    return added(new RowFile(draft(name + suffix + ".jsonl")));
  }

  /** A new file of comma-separated values. */
  CsvFile csv(String name) throws IOException {
    return added(new CsvFile(draft(name + suffix + ".csv")));
  }

  /** A place for texts until the export ends. */
  TextSpill spill() throws IOException {
    return new TextSpill(folder);
  }

  /** What would keep the file from its name later is an error now, before others have theirs. */
  private WholeFile.Draft draft(String name) throws IOException {
    Path target = folder.resolve(name);
    if (Files.isDirectory(target)) {
      throw unusable("There is a folder in the place of an output file", target, null);
    }
    return WholeFile.draft(target);
  }

  private static String reason(Exception e) {
    return switch (e) {
      case FileAlreadyExistsException exists -> "there is a file of that name";
      case AccessDeniedException denied -> "permission denied";
      case FileSystemException other when other.getReason() != null -> other.getReason();
      default -> e.toString();
    };
  }

  private static BridgeException unusable(String what, Path where, @Nullable Exception cause) {
    return new BridgeException(
        DatasetError.OUTPUT_UNUSABLE,
        what,
        where.toString(),
        "Choose a folder that you may write to with --out.",
        cause);
  }

  private <T extends OutFile> T added(T file) {
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
    for (OutFile file : files) {
      file.seal();
    }
    List<ExportReport.ExportedFile> published = new ArrayList<>();
    for (OutFile file : files) {
      published.add(file.publish());
    }
    return published;
  }

  @Override
  public void close() throws IOException {
    for (OutFile file : files) {
      file.close();
    }
  }
}
