package dev.lightningbridge.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Finds what looks like databases in folders: by name and first bytes. No link is followed. */
final class DatabaseSearch extends SimpleFileVisitor<Path> {
  private static final int DEPTH = 6;
  private static final int MOST = 1_000;
  private static final List<String> ENDINGS = List.of(".db", ".sqlite", ".sqlite3", ".txt");

  /** Of a SQLite file, and of the same as Base64. */
  private static final List<String> BEGINNINGS = List.of("SQLite format 3", "U1FMaXRlIGZvcm1h");

  private final Path except;
  private final Set<Path> found = new TreeSet<>();

  private DatabaseSearch(Path except) {
    this.except = except;
  }

  /** Those below the folders, by path; none of those in the folder excepted. */
  static List<Path> below(List<Path> folders, Path except) {
    DatabaseSearch search = new DatabaseSearch(except);
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
    return folder.equals(except) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
    if (attributes.isRegularFile() && isNamedSo(file) && beginsSo(file)) {
      found.add(file);
    }
    return found.size() < MOST ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
  }

  /** What may not be read is not there. */
  @Override
  public FileVisitResult visitFileFailed(Path file, IOException e) {
    return FileVisitResult.CONTINUE;
  }

  private static boolean isNamedSo(Path file) {
    String name = file.toString();
    return ENDINGS.stream().anyMatch(name::endsWith);
  }

  private static boolean beginsSo(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      String start = new String(in.readNBytes(24), StandardCharsets.ISO_8859_1);
      return BEGINNINGS.stream().anyMatch(start::contains);
    } catch (IOException e) {
      return false;
    }
  }
}
