package dev.lightningbridge.camp.writing;

import dev.lightningbridge.camp.files.CampError;
import dev.lightningbridge.camp.files.CampFile;
import dev.lightningbridge.camp.files.PrivateFolder;
import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.common.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The files of an import: what it may write into, and what it leaves behind. */
final class ImportFile {
  private ImportFile() {}

  static Path existing(Path file) {
    try (CampFile located = CampFile.forWriting(file)) {
      if (located.kind() == CampFile.Kind.DUMP) {
        throw new BridgeException(
            CampError.IMPORT_INTO_DUMP,
            "rows cannot be added to the text of the browser's store",
            file.toString(),
            "Name a new database file; it can be optimised by itself.");
      }
      return located.sqlite();
    }
  }

  static void discard(@Nullable PrivateFolder scratch, WholeFile.@Nullable Draft draft) {
    if (scratch != null) {
      scratch.close();
    }
    if (draft != null) {
      try {
        draft.close();
        Files.deleteIfExists(
            draft.place().resolveSibling(draft.place().getFileName() + "-journal"));
      } catch (IOException e) {
        // The error that led here says more.
      }
    }
  }

  static BridgeException unwritable(Path file, IOException e) {
    return new BridgeException(
        CampError.WRITE_FAILED,
        "the database could not be written: " + e.getMessage(),
        file.toString(),
        "See that this user may write into the folder and that there is room.",
        e);
  }
}
