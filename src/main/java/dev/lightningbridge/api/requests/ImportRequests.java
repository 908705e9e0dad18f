package dev.lightningbridge.api.requests;

import dev.lightningbridge.common.BridgeException;
import dev.lightningbridge.imports.FoundColumn;
import dev.lightningbridge.imports.ImportReport;
import dev.lightningbridge.imports.ImportRequest;
import dev.lightningbridge.imports.Importer;
import dev.lightningbridge.server.ApiError;
import dev.lightningbridge.server.Databases;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/** Imports what came with requests, one after the other, into databases that may be used. */
@ApplicationScoped
public class ImportRequests {
  private static final System.Logger LOG = System.getLogger(ImportRequests.class.getName());
  private static final long PATIENCE_S = 30;

  private final Databases databases;
  private final Importer importer = new Importer(Clock.systemUTC());
  private final ReentrantLock turn = new ReentrantLock(true);

  ImportRequests(Databases databases) {
    this.databases = databases;
  }

  /**
   * Imports.
   *
   * @throws BridgeException as {@link Importer#run}; and where the database is in no allowed folder
   */
  public ImportReport run(AskedImport asked) {
    if (!isMyTurn()) {
      throw new BridgeException(
          ApiError.TOO_MANY,
          "other files are being imported",
          asked.rows().name(),
          "Try again in a minute.");
    }
    try {
      ImportReport report = with(asked, importer::run);
      if (!asked.dryRun()) {
        LOG.log(
            System.Logger.Level.INFO,
            "import: {0} rows into session {1}",
            report.rows().written(),
            report.sessionId());
      }
      return report;
    } finally {
      turn.unlock();
    }
  }

  /** As {@link Importer#look}. */
  public List<FoundColumn> look(AskedImport asked) {
    return with(asked, importer::look);
  }

  private boolean isMyTurn() {
    try {
      return turn.tryLock(PATIENCE_S, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private <T> T with(AskedImport asked, Function<ImportRequest, T> work) {
    Path db = databases.place(asked.database());
    AskedImport.Rows rows = asked.rows();
    if (rows.path() != null) {
      return work.apply(request(asked, rows.path(), db));
    }
    try {
      Path file = Files.createTempFile("lightning-bridge-import", null);
      try {
        Files.writeString(file, String.valueOf(rows.text()));
        return work.apply(request(asked, file, db));
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ImportRequest request(AskedImport asked, Path file, Path db) {
    return new ImportRequest(
        List.of(new ImportRequest.Given(file, asked.rows().name())),
        db,
        asked.prompt(),
        asked.session(),
        asked.model(),
        asked.map(),
        asked.scale(),
        asked.format(),
        asked.dryRun());
  }
}
