package dev.lightningbridge.dataset.export;

import dev.lightningbridge.corpus.AgentVersion;
import dev.lightningbridge.corpus.Corpus;
import dev.lightningbridge.corpus.Lineage;
import java.io.IOException;

/** resources.jsonl. */
final class ResourcesWriter implements ExportWriter {
  @Override
  public void write(Corpus corpus, ExportRequest request, Since since, ExportFolder folder)
      throws IOException {
    RowFile rows = folder.rows("resources");
    for (Lineage lineage : request.lineages(corpus)) {
      folder.count("lineages", 1);
      for (AgentVersion version : corpus.agentVersions(lineage.id())) {
        if (since.isNewByTime(version.updatedAt(), version.id())) {
          rows.write(LightningRows.resources(version));
          folder.count("agent_versions", 1);
        }
      }
    }
  }
}
