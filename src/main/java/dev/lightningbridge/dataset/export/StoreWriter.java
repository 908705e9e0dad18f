package dev.lightningbridge.dataset.export;

import dev.lightningbridge.corpus.AgentVersion;
import dev.lightningbridge.corpus.Attempt;
import dev.lightningbridge.corpus.Corpus;
import dev.lightningbridge.corpus.Lineage;
import dev.lightningbridge.dataset.export.LightningRows.SpanRow;
import java.io.IOException;
import java.util.Iterator;
import java.util.stream.Stream;

/**
 * store.jsonl: what fills a LightningStore, in the order in which it must be put in. Each line is
 * {@code {"kind": "resources" | "rollout" | "span", "value": …}} with the value in the shape of the
 * format of that name; a rollout is followed by its spans. python/lightning_bridge/store_export.py
 * loads it.
 */
final class StoreWriter implements ExportWriter {
  record Row(String kind, Object value) {}

  @Override
  public void write(Corpus corpus, ExportRequest request, Since since, ExportFolder folder)
      throws IOException {
    RowFile rows = folder.rows("store");
    for (Lineage lineage : request.lineages(corpus)) {
      for (AgentVersion version : corpus.agentVersions(lineage.id())) {
        if (since.isNewByTime(version.updatedAt(), version.id())) {
          put(rows, folder, "resources", LightningRows.resources(version));
        }
      }
    }
    try (Stream<Attempt> attempts = request.attempts(corpus)) {
      for (Iterator<Attempt> i = attempts.iterator(); i.hasNext(); ) {
        Attempt attempt = i.next();
        if (!request.lets(attempt) || !since.isNew(attempt)) {
          continue;
        }
        put(rows, folder, "rollout", LightningRows.rollout(attempt));
        for (SpanRow span : SpanRows.of(attempt, corpus.spans(attempt.id()))) {
          put(rows, folder, "span", span);
        }
      }
    }
  }

  private static void put(RowFile rows, ExportFolder folder, String kind, Object value)
      throws IOException {
    rows.write(new Row(kind, value));
    folder.count(kind, 1);
  }
}
