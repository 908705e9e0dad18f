package dev.lightningbridge.server;

import dev.lightningbridge.lightning.TrlTrainer;
import java.nio.file.FileVisitResult;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;

/** Finds models in folders, by the files that each has. */
final class ModelSearch extends FolderSearch {
  private static final int MOST = 200;

  private ModelSearch() {
    super(MOST);
  }

  /** Those below the folders, by path; nothing is looked for inside of one. */
  static List<Path> below(List<Path> folders) {
    return new ModelSearch().through(folders);
  }

  @Override
  public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
    if (!TrlTrainer.isModel(folder)) {
      return FileVisitResult.CONTINUE;
    }
    add(folder);
    return unlessFull(FileVisitResult.SKIP_SUBTREE);
  }
}
