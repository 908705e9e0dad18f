package dev.lightningbridge.dataset.export;

import dev.lightningbridge.common.WholeFile;
import java.io.IOException;

/** A file of an export, which appears when it is published. */
abstract class OutFile implements AutoCloseable {
  private final WholeFile.Draft draft;
  private long rows;

  OutFile(WholeFile.Draft draft) {
    this.draft = draft;
  }

  /** Notes that a row was written. */
  final void count() {
    rows++;
  }

  /** Writes what is still held back. */
  abstract void end() throws IOException;

  final void seal() throws IOException {
    end();
    draft.seal();
  }

  final ExportReport.ExportedFile publish() throws IOException {
    draft.publish();
    return new ExportReport.ExportedFile(draft.target(), rows);
  }

  @Override
  public final void close() throws IOException {
    draft.close();
  }
}
