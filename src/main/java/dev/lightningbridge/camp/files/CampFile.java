package dev.lightningbridge.camp.files;

import dev.lightningbridge.common.BridgeException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A database file as given, and the SQLite file to open for it: the same, or a private copy where
 * opening it would leave traces beside it, or where it must be decoded first.
 */
public final class CampFile implements AutoCloseable {
  private static final int COPY_TRIES = 10;

  private final Path given;
  private final Path sqlite;
  private final Kind kind;
  private final @Nullable PrivateFolder folder;

  /** What the file is. */
  public enum Kind {
    /** A SQLite file at rest. */
    PLAIN,
    /** A SQLite file in WAL mode, or with what an interrupted write left beside it. */
    JOURNALED,
    /** The text of the browser's store. */
    DUMP
  }

  private CampFile(Path given, Path sqlite, Kind kind, @Nullable PrivateFolder folder) {
    this.given = given;
    this.sqlite = sqlite;
    this.kind = kind;
    this.folder = folder;
  }

  /** The file for reading, without touching it or its folder. */
  public static CampFile forReading(Path given) {
    return locate(given, true);
  }

  /** The file for writing: itself, or of a dump a decoded copy. */
  public static CampFile forWriting(Path given) {
    return locate(given, false);
  }

  private static CampFile locate(Path given, boolean copyJournaled) {
    PrivateFolder folder = null;
    try {
      Path file = existing(given);
      Kind kind = kind(file, given);
      if (kind == Kind.PLAIN) {
        FileCheck.header(file, given);
      }
      if (kind == Kind.PLAIN || (kind == Kind.JOURNALED && !copyJournaled)) {
        return new CampFile(given, file, kind, null);
      }
      folder = PrivateFolder.create();
      Path copy = folder.file("camp.db");
      if (kind == Kind.DUMP) {
        Base64Dump.decode(file, copy);
        FileCheck.header(copy, given);
      } else {
        copyAtRest(file, folder, given);
      }
      return new CampFile(given, copy, kind, folder);
    } catch (IOException | RuntimeException e) {
      if (folder != null) {
        folder.close();
      }
      if (e instanceof BridgeException known) {
        throw known;
      }
      throw new BridgeException(
          CampError.NO_PRIVATE_COPY,
          "the database cannot be read or copied: " + e,
          given.toString(),
          "See that the file can be read and that the temporary folder has room.",
          e);
    }
  }

  /** As the user named it, for messages. */
  public Path given() {
    return given;
  }

  /** The file to open. */
  public Path sqlite() {
    return sqlite;
  }

  public Kind kind() {
    return kind;
  }

  @Override
  public void close() {
    if (folder != null) {
      folder.close();
    }
  }

  private static Path existing(Path given) throws IOException {
    if (!Files.exists(given)) {
      throw new BridgeException(
          CampError.FILE_MISSING,
          "there is no such file",
          given.toString(),
          "Name the database file with --db.");
    }
    if (!Files.isRegularFile(given) || !Files.isReadable(given)) {
      throw new BridgeException(
          CampError.NOT_READABLE,
          Files.isDirectory(given) ? "this is a folder" : "the file may not be read",
          given.toString(),
          "Name a database file that this user may read.");
    }
    return given.toRealPath();
  }

  private static Kind kind(Path file, Path given) throws IOException {
    if (FileCheck.isSqlite(file)) {
      return FileCheck.isWal(file) || hasContent(beside(file, "-wal")) || hasContent(journal(file))
          ? Kind.JOURNALED
          : Kind.PLAIN;
    }
    if (Base64Dump.begins(file)) {
      return Kind.DUMP;
    }
    throw new BridgeException(
        CampError.NOT_A_DATABASE,
        Files.size(file) == 0 ? "the file is empty" : "this is " + what(file),
        given.toString(),
        "Name the database file of Training Camp, or the text of the browser's store.");
  }

  private static String what(Path file) throws IOException {
    byte[] start = new byte[4];
    try (InputStream in = Files.newInputStream(file)) {
      in.readNBytes(start, 0, start.length);
    }
    if (start[0] == 0x1f && (start[1] & 0xff) == 0x8b) {
      return "packed with gzip; unpack it with gunzip";
    }
    return start[0] == 'P' && start[1] == 'K'
        ? "a ZIP file; unpack it"
        : "no SQLite database, nor a text that holds one";
  }

  /** Copies the database with its journals, at a moment when nobody writes them. */
  private static void copyAtRest(Path file, PrivateFolder folder, Path given) throws IOException {
    List<String> suffixes = List.of("", "-wal", "-journal");
    for (int i = 0; i < COPY_TRIES; i++) {
      try {
        List<String> before = state(file, suffixes);
        for (String suffix : suffixes) {
          Path part = beside(file, suffix);
          Path copy = folder.file("camp.db" + suffix);
          if (Files.exists(part)) {
            copy(part, copy);
          } else {
            Files.deleteIfExists(copy);
          }
        }
        if (state(file, suffixes).equals(before)) {
          return;
        }
      } catch (NoSuchFileException e) {
        // A journal went while it was looked at: somebody has just finished writing.
      }
    }
    throw new BridgeException(
        CampError.IN_USE,
        "another program is writing the database",
        given.toString(),
        "Close that program or wait for it, then try again.");
  }

  private static void copy(Path from, Path to) throws IOException {
    try (OutputStream out = Files.newOutputStream(to)) {
      Files.copy(from, out);
    }
  }

  private static List<String> state(Path file, List<String> suffixes) throws IOException {
    List<String> state = new ArrayList<>();
    for (String suffix : suffixes) {
      Path part = beside(file, suffix);
      if (Files.exists(part)) {
        state.add(suffix + Files.size(part) + "@" + Files.getLastModifiedTime(part));
      }
    }
    return state;
  }

  private static Path journal(Path file) {
    return beside(file, "-journal");
  }

  private static Path beside(Path file, String suffix) {
    return file.resolveSibling(file.getFileName() + suffix);
  }

  private static boolean hasContent(Path file) throws IOException {
    try {
      return Files.size(file) > 0;
    } catch (NoSuchFileException e) {
      return false;
    }
  }
}
