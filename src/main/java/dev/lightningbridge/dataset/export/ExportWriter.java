package dev.lightningbridge.dataset.export;

import dev.lightningbridge.corpus.Corpus;
import java.io.IOException;

/** Writes one format, row by row. */
interface ExportWriter {
  void write(Corpus corpus, ExportRequest request, Since since, ExportFolder folder)
      throws IOException;
}
