package dev.lightningbridge.camp;

import dev.lightningbridge.camp.files.CampFile;
import dev.lightningbridge.camp.files.FileCheck;
import dev.lightningbridge.camp.files.Sqlite;
import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.corpus.Corpus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * A Training Camp database of version 1 to 10, opened for reading: a SQLite file, or the Base64
 * text under which the browser's localStorage keeps one. Neither the file nor its folder is
 * changed; what an interrupted or running write left beside the file is read with it. Not
 * thread-safe.
 */
public final class CampDatabase implements AutoCloseable {
  /** Larger files are not read through at opening; damage in them shows when it is read. */
  private static final long CHECKED_WHOLE = 64 << 20;

  private final CampFile file;
  private final Connection connection;
  private final Tables tables;
  private final Corpus corpus;

  /**
   * How to read.
   *
   * @param includeOrphans whether what belongs to deleted sessions, which stays in the file, is
   *     taken in, each under a session that stands for the deleted one
   */
  public record Options(boolean includeOrphans) {
    public static final Options DEFAULT = new Options(false);
  }

  private CampDatabase(CampFile file, Connection connection, Tables tables, Corpus corpus) {
    this.file = file;
    this.connection = connection;
    this.tables = tables;
    this.corpus = corpus;
  }

  /**
   * Opens the file.
   *
   * @throws BridgeException where it is missing, unreadable, no Training Camp database, cut off or
   *     damaged; then, or later from the corpus, where the damage is met only there
   */
  public static CampDatabase open(Path file, Options options) {
    CampFile located = CampFile.forReading(file);
    try {
      return open(located, options);
    } catch (BridgeException e) {
      located.close();
      throw e;
    }
  }

  private static CampDatabase open(CampFile file, Options options) {
    try {
      // A journaled file is a private copy here: opening it for writing lets SQLite recover it.
      boolean readOnly = file.kind() != CampFile.Kind.JOURNALED;
      Connection connection = Sqlite.open(file.sqlite(), readOnly);
      try {
        if (Files.size(file.sqlite()) <= CHECKED_WHOLE) {
          FileCheck.pages(connection, "quick_check", file.given());
        }
        Tables tables = new Tables(connection, file.given(), new Problems());
        int version = Shape.impose(tables, file.given());
        return new CampDatabase(file, connection, tables, new SqlCorpus(tables, version, options));
      } catch (BridgeException | SQLException | IOException e) {
        connection.close();
        throw e;
      }
    } catch (SQLException e) {
      throw Sqlite.failure(e, file.given());
    } catch (IOException e) {
      throw Sqlite.damaged(String.valueOf(e.getMessage()), file.given(), e);
    }
  }

  /** What the database says. */
  public Corpus corpus() {
    return corpus;
  }

  /** What this program wrote into the database. */
  Writings writings() {
    return new Writings(tables);
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw Sqlite.failure(e, file.given());
    } finally {
      file.close();
    }
  }
}
