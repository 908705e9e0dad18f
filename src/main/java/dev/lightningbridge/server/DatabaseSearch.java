package dev.lightningbridge.server;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;

/** Finds what looks like databases in folders: by name and first bytes. */
final class DatabaseSearch extends FolderSearch {
  private static final int MOST = 1_000;
  private static final List<String> ENDINGS = List.of(".db", ".sqlite", ".sqlite3", ".txt");

  /** Of a SQLite file, and of the same as Base64. */
  private static final List<String> BEGINNINGS = List.of("SQLite format 3", "U1FMaXRlIGZvcm1h");

  private final Path except;

  private DatabaseSearch(Path except) {
    super(MOST);
    this.except = except;
  }

  /** Those below the folders, by path; none of those in the folder excepted. */
  static List<Path> below(List<Path> folders, Path except) {
    return new DatabaseSearch(except).through(folders);
  }

  @Override
  public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
    return folder.equals(except) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
    if (attributes.isRegularFile() && isNamedSo(file) && beginsSo(file)) {
      add(file);
    }
    return unlessFull(FileVisitResult.CONTINUE);
  }

  /** Whether a new database of this name would be found. */
  static boolean isDatabaseName(Path file) {
    return isNamedSo(file) && !file.toString().endsWith(".txt");
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
