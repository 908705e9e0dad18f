package dev.lightningbridge.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Looks through folders, so deep and no deeper. No link is followed. */
abstract class FolderSearch extends SimpleFileVisitor<Path> {
  private static final int DEPTH = 6;

  private final int most;
  private final Set<Path> found = new TreeSet<>();

  /**
   * @param most it ends when it has found so many
   */
  FolderSearch(int most) {
    this.most = most;
  }

  /** What is found below the folders, by path. */
  final List<Path> through(List<Path> folders) {
    for (Path folder : folders) {
      try {
        Files.walkFileTree(folder, Set.of(), DEPTH, this);
      } catch (IOException e) {
        throw new UncheckedIOException("the folder cannot be searched: " + folder, e);
      }
    }
    return List.copyOf(found);
  }

  final void add(Path path) {
    found.add(path);
  }

  /** How to go on after an entry. */
  final FileVisitResult unlessFull(FileVisitResult next) {
    return found.size() < most ? next : FileVisitResult.TERMINATE;
  }

  /** What may not be read is not there. */
  @Override
  public final FileVisitResult visitFileFailed(Path file, IOException e) {
    return FileVisitResult.CONTINUE;
  }
}
