package dev.lightningbridge.api;

import dev.lightningbridge.lightning.TrlTrainer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Finds models in folders, by the files that each has. No link to a folder is followed. */
final class ModelSearch extends SimpleFileVisitor<Path> {
  private static final int DEPTH = 6;
  private static final int MOST = 200;

  private final Set<Path> found = new TreeSet<>();

  /** Those below the folders, by path; nothing is looked for inside of one. */
  static List<Path> below(List<Path> folders) {
    ModelSearch search = new ModelSearch();
    for (Path folder : folders) {
      try {
        Files.walkFileTree(folder, Set.of(), DEPTH, search);
      } catch (IOException e) {
        throw new UncheckedIOException("the folder cannot be searched: " + folder, e);
      }
    }
    return List.copyOf(search.found);
  }

  @Override
  public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
    if (!TrlTrainer.isModel(folder)) {
      return FileVisitResult.CONTINUE;
    }
    found.add(folder);
    return found.size() < MOST ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.TERMINATE;
  }

  /** What may not be read is not there. */
  @Override
  public FileVisitResult visitFileFailed(Path file, IOException e) {
    return FileVisitResult.CONTINUE;
  }
}
