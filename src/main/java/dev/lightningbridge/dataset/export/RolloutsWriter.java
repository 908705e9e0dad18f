package dev.lightningbridge.dataset.export;

import dev.lightningbridge.corpus.Attempt;
import dev.lightningbridge.corpus.Corpus;
import dev.lightningbridge.dataset.export.LightningRows.SpanRow;
import java.io.IOException;
import java.util.Iterator;
import java.util.stream.Stream;

/**
 * rollouts.jsonl and spans.jsonl. An increment holds an attempt again, with all its spans, when it
 * was scored or scored again: the later row counts.
 */
final class RolloutsWriter implements ExportWriter {
  @Override
  public void write(Corpus corpus, ExportRequest request, Since since, ExportFolder folder)
      throws IOException {
    RowFile rollouts = folder.rows("rollouts");
    RowFile spans = folder.rows("spans");
    try (Stream<Attempt> attempts = request.attempts(corpus)) {
      for (Iterator<Attempt> i = attempts.iterator(); i.hasNext(); ) {
        Attempt attempt = i.next();
        if (!request.lets(attempt) || !since.isNew(attempt)) {
          continue;
        }
        rollouts.write(LightningRows.rollout(attempt));
        folder.count(LightningRows.label(attempt.kind()), 1);
        for (SpanRow span : SpanRows.of(attempt, corpus.spans(attempt.id()))) {
          spans.write(span);
        }
      }
    }
  }
}
